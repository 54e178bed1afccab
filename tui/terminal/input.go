package terminal

import (
	"bytes"
	"unicode/utf8"
)

// sieve passes keys and pastes on, and drops the terminal's answers to queries (OSC, DCS, APC …), which
// Bubble Tea v1 would type into the filter. It also joins a sequence that arrives in pieces, which v1
// would read as esc and letters.
type sieve struct {
	pending  []byte // the beginning of an incomplete character or sequence
	pasting  bool   // between the marks of a bracketed paste
	inAnswer bool   // inside a long answer whose beginning was dropped
}

const (
	esc        = 0x1b
	pasteBegin = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	answerMax  = 64 // maximum bytes to keep of an unfinished answer
)

// sift takes the bytes read and returns those that may pass.
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
		if pass {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

// hold keeps an incomplete item. Of an answer longer than answerMax it keeps only the fact.
func (s *sieve) hold(b []byte) {
	if len(b) > answerMax {
		s.inAnswer = stringKind(b[1])
		b = b[len(b)-overlap(b, "\x1b\\"):]
	}
	s.pending = bytes.Clone(b)
}

// waiting reports whether more bytes may complete an item that is held back.
func (s *sieve) waiting() bool { return len(s.pending) > 0 || s.inAnswer }

// giveUp returns the held bytes when no more arrive. They are a key such as esc or alt+]; if they are
// part of an answer, it drops them.
func (s *sieve) giveUp() []byte {
	b := s.pending
	s.pending, s.inAnswer = nil, false
	if len(b) > 2 && stringKind(b[1]) {
		return nil
	}
	return b
}

// next returns the length of the item at the beginning of b, and whether it may pass; 0 if the item is incomplete.
func (s *sieve) next(b []byte) (n int, pass bool) {
	switch {
	case s.inAnswer:
		if i := answerEnd(b); i > 0 {
			s.inAnswer = false
			return i, false
		}
		return len(b) - overlap(b, "\x1b\\"), false
	case s.pasting:
		if i := bytes.Index(b, []byte(pasteEnd)); i >= 0 {
			s.pasting = false
			return i + len(pasteEnd), true
		}
		return len(b) - overlap(b, pasteEnd), true
	case b[0] != esc:
		if !utf8.FullRune(b) {
			return 0, false
		}
		_, w := utf8.DecodeRune(b)
		return w, true
	case len(b) == 1:
		return 0, false
	case b[1] == '[':
		return s.control(b)
	case stringKind(b[1]):
		if i := answerEnd(b[2:]); i > 0 {
			return i + 2, false
		}
		return 0, false
	case b[1] == 'O':
		if len(b) < 3 {
			return 0, false
		}
		return 3, true
	}
	return 1, true // alt+key: esc passes, the key is next
}

// control is next for a CSI sequence. v1 reads the keys among them and ignores the rest.
func (s *sieve) control(b []byte) (n int, pass bool) {
	if bytes.HasPrefix(b, []byte(pasteBegin)) {
		s.pasting = true
		return len(pasteBegin), true
	}
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case c >= 0x40 && c <= 0x7e:
			return i + 1, true
		case c < 0x20 || c > 0x3f:
			return i, false // not a sequence after all
		}
	}
	return 0, false
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
