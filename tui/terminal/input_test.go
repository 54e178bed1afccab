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
		{"esc and ]", []string{"\x1b]"}, "", loneEsc + "]"},
		{"esc and P", []string{"\x1b", "P"}, "", loneEsc + "P"},
		{"esc, P and a key", []string{"\x1bPj"}, loneEsc + "Pj", ""},
		{"esc, ] and a key", []string{"\x1b]", "j"}, loneEsc + "]j", ""},
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
		{"a paste without an end", []string{"\x1b[200~abc"}, "\x1b[200~abc", pasteEnd},
		{"a paste whose end is cut", []string{"\x1b[200~abc\x1b[20"}, "\x1b[200~abc", "\x1b[20" + pasteEnd},
		{"a long sequence in two pieces", []string{"\x1b[" + strings.Repeat("1;", 40), "1;1", ";1zj"}, "j", ""},
		{"a sequence without an end", []string{"\x1b[1;1"}, "", ""},
		{"an old mouse report in two pieces", []string{"\x1b[M !", "!j"}, "\x1b[M !!j", ""},
		{"half an old mouse report", []string{"\x1b[M !"}, "", ""},
		{"an 8-bit sequence", []string{"\x9b1;5A\x9b", "200~x\x1b[201~"}, "\x1b[1;5A\x1b[200~x\x1b[201~", ""},
		{"an 8-bit sequence without an end", []string{"\x9b1;5"}, "", ""},
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
		if len(have) > growth*len(in)+len(pasteEnd) {
			t.Fatalf("%q became too long: %q", in, have)
		}
	})
}

// Keys that terminals write in ways that Bubble Tea v1 does not read. Each is read the same wherever it is cut, and
// with a key behind it.
func TestKeysInOtherEncodings(t *testing.T) {
	for in, want := range map[string]string{
		// SS3: the keypad in application mode, and the oldest home and end.
		"\x1bOM": "\r", "\x1bOj": "*", "\x1bOp": "0", "\x1bOy": "9", "\x1bOH": "\x1b[H", "\x1bOF": "\x1b[F",
		"\x1bOI": "\t",
		"\x1bOc": "\x1b[1;5C", "\x1bOa": "\x1b[1;5A", "\x1bOA": "\x1bOA", "\x1bOP": "\x1bOP", "\x1bOz": "",
		"\x1bOE":  "",
		"\x1bO5C": "\x1b[1;5C", "\x1bO5z": "",
		// CSI u.
		"\x1b[99;5u": "\x03", "\x1b[1089::99;5u": "\x03", "\x1b[27u": loneEsc, "\x1b[27;1u": loneEsc,
		"\x1b[103;2u":    "G",
		"\x1b[103:71;2u": "G", "\x1b[57:40;2u": "(", "\x1b[106u": "j", "\x1b[1081u": "й", "\x1b[13u": "\r",
		"\x1b[9u":   "\t",
		"\x1b[9;2u": "\x1b[Z", "\x1b[127u": "\x7f", "\x1b[32u": " ", "\x1b[98;3u": "\x1bb", "\x1b[127;3u": "\x1b\x7f",
		"\x1b[13;5u": "\r", "\x1b[13;2u": "\r", "\x1b[114;7u": "\x1b\x12", "\x1b[91;5u": loneEsc, "\x1b[57414u": "\r",
		"\x1b[57399u": "0", "\x1b[57419u": "\x1b[A", "\x1b[106;1:1u": "j", "\x1b[106;1:2u": "j", "\x1b[106;1:3u": "",
		"\x1b[106;65u": "j", "\x1b[106;129u": "j", "\x1b[106;9u": "", "\x1b[57441u": "", "\x1b[57358u": "",
		"\x1b[49;5u":    "",
		"\x1b[97;2;65u": "A", "\x1b[101;1;233u": "é", "\x1b[3u": "", "\x1b[99999999999999999999u": "",
		"\x1b[1114112u": "",
		// modifyOtherKeys.
		"\x1b[27;5;99~": "\x03", "\x1b[27;2;71~": "G", "\x1b[27;5;13~": "\r", "\x1b[27;1;27~": loneEsc,
		"\x1b[27;3;98~": "\x1bb",
		// Keys with an event type.
		"\x1b[1;1:1A": "\x1b[A", "\x1b[1;5:2C": "\x1b[1;5C", "\x1b[1;1:3A": "", "\x1b[5;1:1~": "\x1b[5~",
		"\x1b[5;1:3~": "",
		// What v1 reads itself passes as it is, and what nobody knows is left to it.
		"\x1b[A": "\x1b[A", "\x1b[1;5A": "\x1b[1;5A", "\x1b[<0;1;1M": "\x1b[<0;1;1M", "\x1b[Z": "\x1b[Z",
		"\x1b[?62;22c": "\x1b[?62;22c",
		"\x1b[u":       "\x1b[u", "\x1b[?1u": "\x1b[?1u",
	} {
		for cut := range len(in) + 1 {
			s := &sieve{}
			have := string(s.sift([]byte(in[:cut]))) + string(s.sift([]byte(in[cut:]+"q")))
			if have != want+"q" || s.waiting() {
				t.Errorf("%q cut at %d and q: %q, want %q", in, cut, have, want+"q")
			}
		}
		if len(want) > growth*len(in) {
			t.Errorf("%q grows to %q", in, want)
		}
	}
}
