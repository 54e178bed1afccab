package terminal

import (
	"bytes"
	"unicode/utf8"
)

// sieve passes keys and pastes on, and drops the terminal's answers to queries (OSC, DCS, APC …), which
// Bubble Tea v1 would type into the filter. It joins a sequence that arrives in pieces, which v1 would read
// as esc and letters, and translates keys that v1 does not know.
type sieve struct {
	pending   []byte // the beginning of an incomplete character or sequence
	pasting   bool   // between the marks of a bracketed paste
	inAnswer  bool   // inside a long answer whose beginning was dropped
	inControl bool   // inside a long CSI sequence whose beginning was dropped
}

const (
	esc        = 0x1b
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	answerMax  = 64 // maximum bytes to keep of an unfinished answer or sequence
	csi8Bit    = 0x9b
)

// sift takes the bytes read and returns what v1 shall read: at most growth times as many, and as they are in a paste.
func (s *sieve) sift(in []byte) []byte {
	b := append(s.pending, in...)
	s.pending = nil
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		n, pass := s.next(b)
		if n == 0 {
			s.hold(b)
			break
		}
		out = append(out, pass...)
		b = b[n:]
	}
	return out
}

// hold keeps an incomplete item. Of one longer than answerMax it keeps only the fact.
func (s *sieve) hold(b []byte) {
	switch {
	case len(b) <= answerMax:
	case stringKind(b[1]):
		s.inAnswer = true
		b = b[len(b)-overlap(b, "\x1b\\"):]
	default:
		s.inControl = true
		b = nil
	}
	s.pending = bytes.Clone(b)
}

// waiting reports whether more bytes may complete an item that is held back.
func (s *sieve) waiting() bool { return len(s.pending) > 0 || s.inAnswer || s.inControl }

// giveUp returns what v1 shall read when no more bytes arrive. A key such as esc or alt+[ passes, what can only be a
// part of an answer or a sequence is dropped, and a paste ends.
func (s *sieve) giveUp() []byte {
	b, pasting := s.pending, s.pasting
	*s = sieve{}
	switch {
	case pasting:
		return append(b, pasteEnd...)
	case len(b) == 2 && stringKind(b[1]):
		return append([]byte(loneEsc), b[1])
	case len(b) > 2 && (stringKind(b[1]) || b[1] == '[' || b[1] == 'O'), len(b) > 0 && b[0] == csi8Bit:
		return nil
	}
	return b
}

// next returns the length of the item at the beginning of b, and what v1 shall read for it; 0 if the item is
// incomplete.
func (s *sieve) next(b []byte) (n int, pass []byte) {
	switch {
	case s.inAnswer:
		if i := answerEnd(b); i > 0 {
			s.inAnswer = false
			return i, nil
		}
		return len(b) - overlap(b, "\x1b\\"), nil
	case s.inControl:
		n, ended := controlEnd(b, 0)
		s.inControl = !ended && n == len(b)
		return n, nil
	case s.pasting:
		n = len(b) - overlap(b, pasteEnd)
		if i := bytes.Index(b, []byte(pasteEnd)); i >= 0 {
			s.pasting = false
			n = i + len(pasteEnd)
		}
		return n, b[:n]
	case b[0] == csi8Bit && len(b) > 1:
		n, pass = s.control(append([]byte("\x1b["), b[1:]...))
		return max(n-1, 0), pass
	case b[0] != esc:
		if !utf8.FullRune(b) || b[0] == csi8Bit {
			return 0, nil
		}
		_, w := utf8.DecodeRune(b)
		return w, b[:w]
	case len(b) == 1:
		return 0, nil
	case b[1] == '[':
		return s.control(b)
	case stringKind(b[1]):
		switch i := answerEnd(b[2:]); {
		case len(b) > 2 && !beginsBody(b[1], b[2]): // two keys pressed fast
			return 2, append([]byte(loneEsc), b[1])
		case i > 0:
			return i + 2, nil
		}
		return 0, nil
	case b[1] == 'O':
		end := 2
		for end < len(b) && (b[end] >= '0' && b[end] <= '9' || b[end] == ';') {
			end++
		}
		switch {
		case end == len(b):
			return 0, nil
		case b[end] < 0x20 || b[end] > 0x7e: // alt+O, and what follows
			return 2, b[:2]
		}
		return end + 1, []byte(ss3(string(b[:end+1])))
	}
	return 1, b[:1] // alt+key: esc passes, the key is next
}

// control is next for a CSI sequence.
func (s *sieve) control(b []byte) (n int, pass []byte) {
	const x10 = 6 // bytes of a mouse report in the oldest form
	switch n, ended := controlEnd(b, 2); {
	case ended && string(b[:n]) == pasteBegin:
		s.pasting = true
		return n, b[:n]
	case ended && n == 3 && b[2] == 'M':
		if len(b) < x10 {
			return 0, nil
		}
		return x10, b[:x10]
	case ended:
		return n, []byte(csi(string(b[:n])))
	case n < len(b):
		return n, nil // not a sequence after all
	}
	return 0, nil
}

// controlEnd returns the index after a CSI sequence whose parameters begin at b[from], and whether it is complete.
// If it is not, the index is that of a byte that cannot be in it, or len(b).
func controlEnd(b []byte, from int) (end int, ended bool) {
	for i := from; i < len(b); i++ {
		switch c := b[i]; {
		case c >= 0x40 && c <= 0x7e:
			return i + 1, true
		case c < 0x20 || c > 0x3f:
			return i, false
		}
	}
	return len(b), false
}

// beginsBody reports whether c may be the first byte of a string of a kind: numbers for OSC, parameters for DCS.
func beginsBody(kind, c byte) bool {
	switch kind {
	case ']':
		return c >= '0' && c <= '9' || c == 'l' || c == 'L'
	case 'P':
		return c >= '0' && c <= '?' || c == '!' || c == '$' || c == '+'
	}
	return c >= 0x20 && c < 0x7f
}

// stringKind reports whether esc and c begin a string: OSC, DCS, PM, APC. SOS is not among them: no
// terminal sends it, and esc X is two keys.
func stringKind(c byte) bool { return bytes.IndexByte([]byte("]P^_"), c) >= 0 }

// answerEnd returns the index after the terminator of a string; 0 if there is none.
func answerEnd(b []byte) int {
	end := 0
	if i := bytes.IndexByte(b, '\a'); i >= 0 {
		end = i + 1
	}
	if i := bytes.Index(b, []byte("\x1b\\")); i >= 0 && (end == 0 || i < end) {
		end = i + 2
	}
	return end
}

// overlap returns how many bytes at the end of b may be the beginning of mark.
func overlap(b []byte, mark string) int {
	for n := min(len(mark)-1, len(b)); n > 0; n-- {
		if string(b[len(b)-n:]) == mark[:n] {
			return n
		}
	}
	return 0
}
