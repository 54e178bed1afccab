package paint

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"

	"gpupick/tui/cell"
)

// shown returns everything that a terminal shows, with its styles.
func shown(emu *vt.Emulator, w, h int) string {
	var b strings.Builder
	for y := range h {
		for x := range w {
			c := emu.CellAt(x, y)
			if c == nil {
				b.WriteString("·")
				continue
			}
			b.WriteString(c.Content)
			if c.Style != (uv.Style{}) {
				fmt.Fprintf(&b, "{%v}", c.Style)
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// drawDirectly clears a terminal and writes the frame on it line by line, without a painter.
func drawDirectly(emu *vt.Emulator, frame string, w, h int) *vt.Emulator {
	emu.Resize(w, h)
	_, _ = emu.WriteString("\x1b[m\x1b[2J")
	for y, line := range strings.Split(frame, "\n") {
		if y < h {
			fmt.Fprintf(emu, "\x1b[%d;1H\x1b[m%s", y+1, line)
		}
	}
	return emu
}

var pieces = []string{
	"8×H100", " ", "  ", "      ", "2.49", "EU-FR-1", "–", "│", "─────", "▲▼", "…", "\x1b[1mbold\x1b[0m", "\x1b[7m",
	"\x1b[0m", "\x1b[m",
	"\x1b[38;5;212mpink \x1b[0m", "\x1b[2;3mdim\x1b[22m still", "\x1b[0;4mline", "\x1b[48;2;1;2;3m   \x1b[0m", "日本",
	"한", "é", "e\u0301", "👍🏽", "🇫🇷", "\x1b[31mred",
	"a", "b", "c", "abc", "x y z",
}

// randomLine returns a line of random pieces, cut to w columns.
func randomLine(r *rand.Rand, w int) string {
	var b strings.Builder
	for range r.IntN(w/3 + 1) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return cell.Cut(b.String(), w, "") + "\x1b[0m"
}

// TestPaintingMatchesTheFrame checks that after any frames at any sizes the screen looks as if the last frame
// had been written on an empty screen.
func TestPaintingMatchesTheFrame(t *testing.T) {
	emu, other := vt.NewEmulator(80, 24), vt.NewEmulator(80, 24)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 6))
		w, h := 1+r.IntN(40), 1+r.IntN(8)
		emu.Resize(w, h)
		p := Painter{} // it does not know the screen that the last round has left
		lines := make([]string, 9)
		for i := range lines {
			lines[i] = randomLine(r, w)
		}
		for step := range 40 {
			switch r.IntN(12) {
			case 0: // another size; how a terminal changes its content then is not defined
				w, h = 1+r.IntN(40), 1+r.IntN(8)
				emu.Resize(w, h)
			case 1: // another program has written on the screen
				_, _ = emu.WriteString("\x1b[H\x1b[1mscribble\r\nscribble")
				p.Forget()
			case 2: // scrolled
				lines = append(lines[1:], randomLine(r, w))
			case 3:
				r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
			case 4: // something inside a line
				i := r.IntN(len(lines))
				lines[i] = strings.Replace(lines[i], "a", "Q", 1)
			default:
				lines[r.IntN(len(lines))] = randomLine(r, w)
			}
			for i := range lines {
				lines[i] = cell.Cut(lines[i], w, "") + "\x1b[0m"
			}
			frame := strings.Join(lines[:r.IntN(len(lines))+1], "\n")
			bytes := string(p.Frame(frame, w, h))
			_, _ = emu.WriteString(bytes)
			if got, want := shown(emu, w, h), shown(drawDirectly(other, frame, w, h), w, h); got != want {
				t.Fatalf("seed %d, step %d, %d×%d: frame %q\npainted with %q\n%s", seed, step, w, h, frame, bytes,
					difference(got, want))
			}
			if again := p.Frame(frame, w, h); len(again) > 0 {
				t.Fatalf("seed %d, step %d: the same frame is painted again with %q", seed, step, again)
			}
		}
	}
}

// difference is the first line in which two screens differ.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\ngot  %s\nwant %s", i, g[i], w[i])
		}
	}
	return ""
}

// TestBytesOfAChange checks which bytes each kind of change writes.
func TestBytesOfAChange(t *testing.T) {
	const red, reverse = "\x1b[31m", "\x1b[7m"
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", "abc", "abc", ""},
		{"one character", "price 2.49", "price 2.39", "\x1b[1;9H3"},
		{"two characters close together: the text between is written too", "a12345z", "A123B5z", "\x1b[HA123B"},
		{"two characters far apart", "a1234567z", "A1234567Z", "\x1b[HA\x1b[7CZ"},
		{"the next line", "a\nb", "A\nB", "\x1b[HA\r\nB"},
		{"a line further down", "\n\n\na", "\n\n\nb", "\x1b[4Hb"},
		{"a long end is erased", "abc 1234567", "abc", "\x1b[1;5H\x1b[K"},
		{"a short end is written over", "abc 1", "abc", "\x1b[1;5H "},
		{"one word's style", "one two", "one " + reverse + "two\x1b[0m", "\x1b[1;5H\x1b[7mtwo\x1b[m"},
		{"a style is added to", "", red + "a" + reverse + "b\x1b[0m", "\x1b[H\x1b[31ma\x1b[7mb\x1b[m"},
		{"a style is exchanged", "", red + "a\x1b[0m" + reverse + "b\x1b[m", "\x1b[H\x1b[31ma\x1b[0;7mb\x1b[m"},
		{"other sequences are dropped", "", "\x1b[2J\x1b[3;4Ha\x1bc\ab", "\x1b[Hacb"},
		{"the cursor is positioned again after a wide character", "", "日本x", "\x1b[H\x1b[2K日\x1b[1;3H本\x1b[1;5Hx"},
		{"a line that had a wide character is erased first", "a👍🏽b", "abcd", "\x1b[H\x1b[2Kabcd"},
	} {
		var p Painter
		p.Frame(c.before, 20, 4)
		if got := string(p.Frame(c.after, 20, 4)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestManyStylesUseLittleMemory checks that frames with ever new styles do not fill the memory.
func TestManyStylesUseLittleMemory(t *testing.T) {
	var p Painter
	for i := range 3 * mostPens {
		p.Frame(fmt.Sprintf("\x1b[38;5;%dma", i), 4, 1)
	}
	if n := len(p.pens.sequences); n > mostPens+1 {
		t.Error(n, "styles are kept")
	}
}
