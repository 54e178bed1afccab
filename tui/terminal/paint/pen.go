package paint

import "strings"

// pen is the number of a style. Cells are compared by it.
type pen int16

// plain is the default style of a terminal.
const plain pen = 0

// pens are the styles seen so far, each with the sequences that lead to it from plain. Two ways to
// write the same style are two pens, which only costs bytes.
type pens struct {
	sequences []string // the sequences of pen i are at index i-1
	numbers   map[string]pen
}

// mostPens is more styles than any theme has. After more than that, the next frame starts without pens.
const mostPens = 2000

func (p *pens) tooMany() bool { return len(p.sequences) > mostPens }

// add returns the pen after one more SGR sequence.
func (p *pens) add(from pen, sgr string) pen {
	switch body := sgr[2 : len(sgr)-1]; {
	case body == "" || body == "0":
		return plain
	case strings.HasPrefix(body, "0;"), from == plain:
		return p.number(sgr)
	}
	return p.number(p.sequence(from) + sgr)
}

func (p *pens) number(sequence string) pen {
	if n, ok := p.numbers[sequence]; ok {
		return n
	}
	if len(p.sequences) > 2*mostPens { // too many in one frame: the rest is drawn plain
		return plain
	}
	if p.numbers == nil {
		p.numbers = map[string]pen{}
	}
	sequence = strings.Clone(sequence) // the frame that it is part of may be freed
	p.sequences = append(p.sequences, sequence)
	p.numbers[sequence] = pen(len(p.sequences))
	return pen(len(p.sequences))
}

func (p *pens) sequence(n pen) string {
	if n == plain {
		return ""
	}
	return p.sequences[n-1]
}

// change appends the sequences that switch from one pen to another. from may be unknown.
func (p *pens) change(out []byte, from, to pen) []byte {
	s := p.sequence(to)
	switch {
	case to == plain:
		return append(out, "\x1b[m"...)
	case from == plain:
		return append(out, s...)
	case from != unknown && strings.HasPrefix(s, p.sequence(from)):
		return append(out, s[len(p.sequence(from)):]...)
	}
	return append(append(out, "\x1b[0;"...), strings.TrimPrefix(s[2:], "0;")...)
}
