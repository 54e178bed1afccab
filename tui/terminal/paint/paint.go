// Package paint draws frames on a terminal with few bytes. A frame is the result of a View: lines with
// styles in them. The painter remembers the cells on the screen and writes only those that change.
//
// The package does no input or output: it takes frames and returns bytes. Cells that a line of the
// frame does not reach are blank. Of the sequences in a frame only styles (SGR) have an effect, and a
// style ends with its line; other sequences are dropped.
//
// Terminals disagree on the width of wide characters, joined characters and flags. So the cursor is
// positioned again after each of them, and a line that has or had one is written as a whole.
package paint

import (
	"strconv"
	"strings"
)

// A Painter remembers the content of one screen. The zero Painter does not know it, and writes its
// first frame as a whole.
type Painter struct {
	width int
	lines []line // the content of the screen; nil if unknown
	pens  pens
	spare []square // squares of the last replaced line, for reuse
	out   []byte
	x, y  int // where the cursor is
	pen   pen // the style that the terminal writes in
}

// unknown stands for a position of the cursor, or a pen, that is not known.
const unknown = -1

// Forget makes the content of the screen unknown: another program has written on it, or its size has changed.
func (p *Painter) Forget() { p.lines = nil }

// Frame returns the bytes after which the screen, of width × height, shows the frame. They are valid
// until the next call.
func (p *Painter) Frame(frame string, width, height int) []byte {
	fresh := p.lines == nil || p.width != width || len(p.lines) != height
	if fresh {
		p.width, p.lines = width, make([]line, height)
	}
	if p.pens.tooMany() {
		p.pens, fresh = pens{}, true
	}
	p.out, p.x, p.y, p.pen = p.out[:0], unknown, unknown, plain
	if fresh {
		p.pen = unknown
	}
	for y := range height {
		var text string
		text, frame, _ = strings.Cut(frame, "\n")
		if was := &p.lines[y]; fresh || text != was.text {
			now := p.line(text)
			p.change(y, was, &now, fresh)
			p.spare, p.lines[y] = was.squares, now
		}
	}
	if len(p.out) > 0 {
		p.setPen(plain)
	}
	return p.out
}

// change writes what differs between two lines.
func (p *Painter) change(y int, was, now *line, fresh bool) {
	if fresh || was.odd || now.odd {
		p.goTo(0, y)
		p.setPen(plain)
		p.out = append(p.out, "\x1b[2K"...) // erase first: behind the last column, erasing may hit that column
		p.write(now.squares[:now.end], y, 0)
		return
	}
	from, end := 0, p.width
	for from < end && was.squares[from] == now.squares[from] {
		from++
	}
	for end > from && was.squares[end-1] == now.squares[end-1] {
		end--
	}
	erased := end-now.end > len("\x1b[K")
	if erased {
		end = max(now.end, from)
	}
	for x := from; x < end; {
		run := x
		for run < end && was.squares[run] != now.squares[run] {
			run++
		}
		p.move(now, x, y)
		p.write(now.squares[x:run], y, x)
		for x = run; x < end && was.squares[x] == now.squares[x]; {
			x++
		}
	}
	if erased {
		p.goTo(end, y)
		p.setPen(plain)
		p.out = append(p.out, "\x1b[K"...)
	}
}

// write writes squares from column x on.
func (p *Painter) write(squares []square, y, x int) {
	for i := range squares {
		c := &squares[i]
		if c.text == "" {
			continue
		}
		p.goTo(x+i, y)
		p.setPen(c.pen)
		p.out = append(p.out, c.text...)
		if p.x++; c.odd {
			p.x, p.y = unknown, unknown
		}
	}
}

// move brings the cursor to a cell of its line. It writes the unchanged cells on the way again if that
// takes no more bytes.
func (p *Painter) move(l *line, x, y int) {
	if p.y == y && p.x != unknown && p.x < x && x-p.x <= len("\x1b[nC") {
		between := l.squares[p.x:x]
		for _, c := range between {
			if len(c.text) != 1 || c.pen != p.pen {
				between = nil
				break
			}
		}
		p.write(between, y, p.x)
	}
	p.goTo(x, y)
}

// goTo moves the cursor.
func (p *Painter) goTo(x, y int) {
	switch {
	case p.x == x && p.y == y:
		return
	case p.y == y && p.x != unknown && x > p.x:
		p.control(x-p.x, 'C')
	case p.y != unknown && p.y+1 == y && x == 0:
		p.out = append(p.out, "\r\n"...)
	case p.y == y && x == 0:
		p.out = append(p.out, '\r')
	case p.y == y:
		p.control(x+1, 'G')
	case x == 0:
		p.control(y+1, 'H')
	default:
		p.out = append(p.out, "\x1b["...)
		p.out = append(strconv.AppendInt(p.out, int64(y+1), 10), ';')
		p.out = append(strconv.AppendInt(p.out, int64(x+1), 10), 'H')
	}
	p.x, p.y = x, y
}

// control appends a control sequence with one number. 1 is the default and is not written.
func (p *Painter) control(n int, final byte) {
	p.out = append(p.out, "\x1b["...)
	if n > 1 {
		p.out = strconv.AppendInt(p.out, int64(n), 10)
	}
	p.out = append(p.out, final)
}

// setPen switches the terminal to a pen.
func (p *Painter) setPen(to pen) {
	if p.pen == to {
		return
	}
	p.out = p.pens.change(p.out, p.pen, to)
	p.pen = to
}
