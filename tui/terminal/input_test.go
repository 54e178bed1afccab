package terminal

import (
	"strings"
	"testing"
)

func TestSieve(t *testing.T) {
	for _, c := range []struct {
		name  string
		reads []string
		want  string
		held  string // the bytes that giveUp returns
	}{
		{"keys", []string{"jk", "\r"}, "jk\r", ""},
		{"arrows and function keys", []string{"\x1b[A\x1b[5~\x1bOP"}, "\x1b[A\x1b[5~\x1bOP", ""},
		{"an arrow in two pieces", []string{"\x1b", "[A"}, "\x1b[A", ""},
		{"an arrow in three pieces", []string{"\x1b", "[", "A"}, "\x1b[A", ""},
		{"esc alone", []string{"\x1b"}, "", "\x1b"},
		{"alt+x", []string{"\x1bx"}, "\x1bx", ""},
		{"alt+]", []string{"\x1b]"}, "", "\x1b]"},
		{"alt+[", []string{"\x1b["}, "", "\x1b["},
		{"a letter in two pieces", []string{"\xc3", "\xa9"}, "é", ""},
		{"the answer to a color question", []string{"a\x1b]11;rgb:0000/0000/0000\x07b"}, "ab", ""},
		{"an answer ended by ST", []string{"a\x1b]11;rgb:0000/0000/0000\x1b\\b"}, "ab", ""},
		{"an answer in pieces", []string{"a\x1b]11;rgb:00", "00/0000/0000\x1b", "\\b"}, "ab", ""},
		{"a device answer", []string{"a\x1bP>|xterm(370)\x1b\\b"}, "ab", ""},
		{"an application command", []string{"\x1b_Gi=1;OK\x1b\\j"}, "j", ""},
		{"a very long answer in pieces", []string{"\x1b]52;c;", strings.Repeat("QUJD", 100),
			strings.Repeat("QUJD", 100), "\x1b", "\\j"}, "j", ""},
		{"an answer that never ends is not typed", []string{"\x1b]11;rgb:"}, "", ""},
		{"an answer inside a paste passes", []string{"\x1b[200~a\x1b]0;x\x07b\x1b[201~j"},
			"\x1b[200~a\x1b]0;x\x07b\x1b[201~j", ""},
		{"the end of a paste in two pieces", []string{"\x1b[200~ab\x1b[20", "1~\x1b]11;x\x07j"},
			"\x1b[200~ab\x1b[201~j", ""},
		{"an invalid sequence", []string{"\x1b[1\x01j"}, "\x01j", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, out := &sieve{}, ""
			for _, r := range c.reads {
				out += string(s.sift([]byte(r)))
			}
			if out != c.want {
				t.Errorf("%q, want %q", out, c.want)
			}
			if held := string(s.giveUp()); held != c.held {
				t.Errorf("held back %q, want %q", held, c.held)
			}
			if s.waiting() {
				t.Error("it still waits")
			}
		})
	}
}

// FuzzSieve checks that input of up to answerMax bytes passes the same however it is cut into reads.
func FuzzSieve(f *testing.F) {
	f.Add([]byte("j\x1b[A\x1b]11;rgb:0/0/0\x07é\x1b[200~p\x1b[201~\x1bP1\x1b\\k"), 3)
	f.Fuzz(func(t *testing.T, in []byte, step int) {
		if step = step % 17; step < 1 {
			step = 1
		}
		whole, cut := &sieve{}, &sieve{}
		want := append(whole.sift(in), whole.giveUp()...)
		var have []byte
		for rest := in; len(rest) > 0; {
			n := min(step, len(rest))
			have = append(have, cut.sift(rest[:n])...)
			rest = rest[n:]
		}
		have = append(have, cut.giveUp()...)
		if len(in) <= answerMax && string(want) != string(have) {
			t.Fatalf("%q at once, %q in reads of %d", want, have, step)
		}
		if len(have) > len(in) {
			t.Fatalf("%q became longer: %q", in, have)
		}
	})
}
