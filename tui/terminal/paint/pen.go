package paint

import "strings"

// pen is a style, as a number: cells are compared by it.
type pen int16

// plain is the style of a terminal that was told of none.
const plain pen = 0

// pens are the styles that were met: for each the sequences that lead to it
// from plain. Two ways to one look are two pens, which costs bytes and nothing
// else.
type pens struct {
	sequences []string // of pen i at i-1
	numbers   map[string]pen
}

// mostPens is more than any theme has; frames that met more than that are
// foreign.
const mostPens = 2000

func (p *pens) many() bool { return len(p.sequences) > mostPens }

// add is the pen after one more SGR sequence.
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
	if len(p.sequences) > 2*mostPens { // within one frame: it is drawn plain from there on
		return plain
	}
	if p.numbers == nil {
		p.numbers = map[string]pen{}
	}
	sequence = strings.Clone(sequence) // it is a part of the frame, which may go
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

// change appends what makes one pen of another. A pen that is unknown may be
// anything.
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
