package scroll

import (
	"math/rand/v2"
	"testing"
)

func check(t *testing.T, w Window, did string) {
	t.Helper()
	from, to := w.Visible()
	switch {
	case w.Len == 0 && (w.Cursor != 0 || w.Offset != 0):
		t.Fatalf("%s: an empty list has its cursor at %+v", did, w)
	case w.Len > 0 && (w.Cursor < 0 || w.Cursor >= w.Len):
		t.Fatalf("%s: the cursor is outside the list: %+v", did, w)
	case w.Len > 0 && (w.Cursor < from || w.Cursor >= to):
		t.Fatalf("%s: the cursor is off screen: %+v", did, w)
	case to-from != min(w.Height, w.Len):
		t.Fatalf("%s: the screen is not full: %+v", did, w)
	}
}

func TestInvariantAfterRandomCalls(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		w := Window{}.WithHeight(rnd.IntN(40) - 3)
		for range 200 {
			n := rnd.IntN(300) - 50
			switch rnd.IntN(7) {
			case 0:
				w = w.WithHeight(n)
				check(t, w, "WithHeight")
			case 1:
				w = w.WithLen(n)
				check(t, w, "WithLen")
			case 2:
				w = w.To(n)
				check(t, w, "To")
			case 3:
				w = w.Move(n)
				check(t, w, "Move")
			case 4:
				w = w.Page(n % 5)
				check(t, w, "Page")
			case 5:
				w = w.HalfPage(n % 5)
				check(t, w, "HalfPage")
			case 6:
				w = w.Keep(n)
				check(t, w, "Keep")
			}
		}
	}
}

func TestWindowMovement(t *testing.T) {
	w := Window{}.WithHeight(10).WithLen(100)
	for _, step := range []struct {
		name           string
		do             func(Window) Window
		cursor, offset int
	}{
		{"down one", func(w Window) Window { return w.Move(1) }, 1, 0},
		{"page down keeps the place on screen", func(w Window) Window { return w.Page(1) }, 11, 10},
		{"half a page", func(w Window) Window { return w.HalfPage(1) }, 16, 15},
		{"up past the edge scrolls by one", func(w Window) Window { return w.To(15).Move(-1) }, 14, 14},
		{"end", func(w Window) Window { return w.To(w.Len - 1) }, 99, 90},
		{"page down at the end stays", func(w Window) Window { return w.Page(1) }, 99, 90},
		{"page up", func(w Window) Window { return w.Page(-1) }, 89, 80},
		{"a kept line stays where it is on screen", func(w Window) Window { return w.Keep(50) }, 50, 41},
		{"home", func(w Window) Window { return w.To(0) }, 0, 0},
	} {
		w = step.do(w)
		if w.Cursor != step.cursor || w.Offset != step.offset {
			t.Errorf("%s: cursor %d offset %d, want %d and %d", step.name, w.Cursor, w.Offset, step.cursor, step.offset)
		}
	}
}

func TestAtAgreesWithVisible(t *testing.T) {
	for _, w := range []Window{{}, Window{}.WithHeight(3), Window{}.WithHeight(3).WithLen(2),
		Window{}.WithHeight(3).WithLen(9).To(7)} {
		from, to := w.Visible()
		for line := -2; line < 5; line++ {
			i, ok := w.At(line)
			if want := line >= 0 && line < to-from; ok != want || ok && i != from+line {
				t.Errorf("%+v: on line %d is %d, %t", w, line, i, ok)
			}
		}
	}
}
