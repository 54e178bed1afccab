package api

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// anyRow returns a row of few different values, some of them unknown.
func anyRow(rnd *rand.Rand) InstanceType {
	text := func() string { return []string{"", "a", "b", "Zürich", "a b"}[rnd.IntN(5)] }
	number := func() Optional[int64] {
		if rnd.IntN(3) == 0 {
			return Optional[int64]{}
		}
		return Some(rnd.Int64N(4) * (maxExact / 4))
	}
	it := InstanceType{ID: fmt.Sprint(text(), rnd.IntN(9)), GPUType: text(), GPUCount: number(), CPUCores: number(),
		MemoryGB: number(), StorageGB: number(), Region: text(), DeploymentType: text()}
	if !it.GPUCount.Known && rnd.IntN(2) == 0 {
		it.GPUShare = Some(0.125)
	}
	if rnd.IntN(3) > 0 {
		it.HourlyRate = Some(rnd.Float64())
	}
	return it
}

func TestRowsAreGivenBackAsTheyCame(t *testing.T) {
	seed := rand.Uint64()
	t.Log("seed", seed)
	rnd := rand.New(rand.NewPCG(seed, 0))
	for range 200 {
		var want []InstanceType
		var rows Rows
		type copied struct {
			rows Rows
			len  int
		}
		var copies []copied
		for range rnd.IntN(6) {
			list := make([]InstanceType, rnd.IntN(40))
			for i := range list {
				list[i] = anyRow(rnd)
			}
			copies = append(copies, copied{rows, len(want)})
			if rnd.IntN(4) == 0 { // the copy is appended to, too
				rows = rows.Clone()
				older := copies[len(copies)-1].rows
				older.Append(RowsOf(anyRow(rnd), anyRow(rnd)))
				older.Add(&InstanceType{ID: "other"})
			}
			if want = append(want, list...); rnd.IntN(2) == 0 {
				rows.Append(RowsOf(list...))
			} else {
				for i := range list {
					rows.Add(&list[i])
				}
			}
		}
		for _, c := range append(copies, copied{rows, len(want)}) {
			if have := slices.Collect(c.rows.All()); !slices.Equal(have, want[:c.len]) {
				t.Fatalf("%+v\nwant\n%+v", have, want[:c.len])
			}
		}
	}
}
