package catalog

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gpupick/api"
	"gpupick/tui/query"
)

// For random filters, every row is in the cell of its GPU and region, each cell has the cheapest of its rows,
// and filtering by the cell leaves exactly these rows.
func TestMatrixAgreesWithCountingRows(t *testing.T) {
	c, rnd := demo(t), rand.New(rand.NewPCG(9, 9))
	for n := range 90 {
		q, level := mustParse(t, randomFilter(rnd)), Level(n%3)
		rows := c.Run(q).Rows
		m := c.Matrix(rows, level)
		total := 0
		for i, g := range m.GPUs {
			if i > 0 && m.GPUs[i-1].From.Known && g.From.Known && m.GPUs[i-1].From.Value > g.From.Value ||
				i > 0 && !m.GPUs[i-1].From.Known && g.From.Known {
				t.Fatalf("%s: %q is behind %q", q, g.Label, m.GPUs[i-1].Label)
			}
			inRow := 0
			for j, a := range m.Regions {
				cell := m.At(i, j)
				total += cell.Rows
				inRow += cell.Rows
				var want []string
				best := api.Optional[float64]{}
				for _, r := range rows.All() {
					if gpuHead(r) == g.key && locationHead(r, level) == a.key {
						want, best = append(want, r.ID()), cheaper(best, r.PerGPU())
					}
				}
				if len(want) != cell.Rows || best.Known != (!cell.Best.None()) ||
					best.Known && cell.Best.PerGPU() != best {
					t.Fatalf("%s: %s in %s: %+v, want %d from %v", q, g.Label, a.Label, cell, len(want), best)
				}
				if rnd.IntN(40) == 0 && cell.Rows > 0 {
					res := c.Run(ticked(q, g, a))
					if have := idsOf(res.Rows); !slices.Equal(have, want) {
						t.Fatalf("%s: %q in %q ticked gives %d rows (%s), want %d", q, g.Label, a.Label, len(have),
							ticked(q, g, a), len(want))
					}
				}
			}
			if inRow != g.Rows {
				t.Fatalf("%s: %s has %d rows, want %d", q, g.Label, g.Rows, inRow)
			}
		}
		if total != rows.Len()-c.Run(q).NoGPU {
			t.Fatalf("%s: %d rows in the matrix, want %d", q, total, rows.Len())
		}
	}
}

// Spellings of the same GPU share one line. Regions share one only if they differ in nothing but case.
func TestMatrixSpellings(t *testing.T) {
	row := func(id, gpu, region string, rate float64) api.InstanceType {
		r := offer(id, rate)
		r.GPUType, r.Region = gpu, region
		return r
	}
	c := of([]api.InstanceType{row("a", "RTX4090", "us-east-1", 8), row("b", "NVIDIA GeForce RTX 4090", "us-east1", 4),
		row("c", "RTX4090", "US-EAST-1", 16), row("d", "RTX4090", "us-east-1", 2),
		row("e", "", "", 1), row("f", "H100", "–", 24), {ID: "g", GPUType: "H100", Region: "us-east-1"}})
	m := c.Matrix(c.Rows(), Regions)
	if len(m.GPUs) != 3 || len(m.Regions) != 4 || m.GPUs[0].Label != "" || m.GPUs[1].Label != "RTX 4090" ||
		m.Regions[1].Label != "us-east-1" || m.Regions[2].Label != "us-east1" {
		t.Errorf("%+v, %+v", m.GPUs, m.Regions)
	}
	if cell := m.At(1, 1); cell.Rows != 3 || cell.Best.ID() != "d" {
		t.Errorf("%+v", cell)
	}
	if cell := m.At(2, 1); cell.Rows != 1 || !cell.Best.None() {
		t.Errorf("%+v", cell)
	}
	if q := ticked(query.Query{}, m.GPUs[1], m.Regions[1]); q.String() != `gpu="RTX 4090" region="us-east-1"` ||
		c.Run(q).Rows.Len() != 3 {
		t.Errorf("%s", q)
	}
	if q := ticked(query.Query{}, m.GPUs[0], m.Regions[0]); q.String() != "gpu:none region:none" ||
		c.Run(q).Rows.Len() != 1 {
		t.Errorf("%s", q)
	}
}

// ticked returns the query with one GPU and one region of the matrix ticked, and no others.
func ticked(q query.Query, gpu, region MatrixHead) query.Query {
	return q.Choose(query.GPU, gpu.Values()).Choose(region.Values()[0].Field, region.Values())
}
