package cell

import (
	"slices"
	"strings"
)

// Cuts are the forms in which the names of a list are written in a column. A name that does not fit is cut where it
// differs from the others, so that as few as possible read alike.
type Cuts struct {
	forms map[string]string // of the names that do not fit
	alike map[string]bool   // names whose form is that of another name too
}

const (
	leastHead = 4 // columns of a cut name before the gap
	gapMark   = "…"
)

// NewCuts chooses the forms of names in width columns. short is tried first on a name that does not fit; nil for none.
func NewCuts(names []string, width int, short func(string) string) Cuts {
	c := Cuts{forms: map[string]string{}, alike: map[string]bool{}}
	if width < leastHead+4 {
		return c // no room for more than the beginning
	}
	long := map[string][]string{} // by the form cut at the end: names as they are written, shortened
	whole := map[string]string{}
	for _, name := range names {
		text := name
		if Width(text) > width && short != nil {
			text = short(text)
		}
		whole[name] = text
		if Width(text) > width {
			if cut := Cut(text, width, gapMark); !slices.Contains(long[cut], text) {
				long[cut] = append(long[cut], text)
			}
		}
	}
	forms := map[string]string{}
	for cut, group := range long {
		for _, text := range group {
			if len(group) == 1 {
				forms[text] = cut
			} else {
				forms[text] = apart(text, group, width)
			}
		}
	}
	of := map[string]string{} // the text behind each form
	for _, name := range names {
		text := whole[name]
		form, cut := forms[text]
		if !cut {
			form = text
		}
		if form != name {
			c.forms[name] = form
		}
		if other, there := of[form]; there && other != text {
			c.alike[name] = true
			for _, n := range names {
				c.alike[n] = c.alike[n] || whole[n] == other
			}
		}
		of[form] = text
	}
	return c
}

// apart cuts a name of a group that reads the same at the beginning: it keeps a few columns of that, and what stands
// from the first word on in which the group differs.
func apart(text string, group []string, width int) string {
	common := len(text)
	for _, other := range group {
		n := 0
		for n < min(common, len(other)) && other[n] == text[n] {
			n++
		}
		common = n
	}
	from := common
	for from > 0 && isPart(text[from-1]) { // back to the beginning of the word
		from--
	}
	if from == 0 || Width(text[from:]) > width-leastHead-1 && from < common && Width(text[from:common]) > width/3 {
		from = common // a long word
	}
	for from > 0 && from < len(text) && text[from]&0xc0 == 0x80 { // inside a letter of several bytes
		from--
	}
	tail := strings.TrimLeft(text[from:], " ")
	if tail == "" {
		return Cut(text, width, gapMark)
	}
	head := max(width-1-Width(tail), leastHead)
	return strings.TrimRight(Cut(text, head, ""), " ") + gapMark +
		Cut(tail, width-1-Width(strings.TrimRight(Cut(text, head, ""), " ")), gapMark)
}

// isPart reports whether a byte is part of a word.
func isPart(b byte) bool {
	return b >= 0x80 || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

// Of returns the form of a name.
func (c Cuts) Of(name string) string {
	if form, cut := c.forms[name]; cut {
		return form
	}
	return name
}

// Alike reports whether another name has the same form.
func (c Cuts) Alike(name string) bool { return c.alike[name] }
