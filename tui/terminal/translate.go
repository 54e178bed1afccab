package terminal

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Terminals write some keys in more than one way. This file translates the ways that Bubble Tea v1 does not read, which
// are SS3 (keypads), CSI u and modifyOtherKeys, into those that it reads. What is no key, or no key that it knows,
// becomes nothing.

// loneEsc is esc for v1 when other keys follow in the same read, which it would otherwise take for alt and a key. v1
// reads two escs as alt+esc, which gpupick takes for esc; the unknown sequence behind them ends the key.
const loneEsc = "\x1b\x1b\x1b[z"

// growth is how many times longer a translation may be than what it translates: esc and P become loneEsc and P.
const growth = 3

// modifiers are the bits of a modifier parameter minus 1, as xterm and kitty number them.
const (
	shift = 1 << iota
	alt
	ctrl
	capsLock = 1 << 6
	numLock  = 1 << 7
)

// ss3Keys are the keys of a keypad in application mode, by the letter of their SS3 sequence; home and end; ctrl+arrows.
var ss3Keys = map[byte]string{
	'M': "\r", 'I': "\t", ' ': " ", 'X': "=", 'j': "*", 'k': "+", 'l': ",", 'm': "-", 'n': ".", 'o': "/",
	'p': "0", 'q': "1", 'r': "2", 's': "3", 't': "4", 'u': "5", 'v': "6", 'w': "7", 'x': "8", 'y': "9",
	'H': "\x1b[H", 'F': "\x1b[F", 'a': "\x1b[1;5A", 'b': "\x1b[1;5B", 'c': "\x1b[1;5C", 'd': "\x1b[1;5D",
}

// ss3 translates an SS3 sequence: esc, O, perhaps a modifier, and a letter.
func ss3(seq string) string {
	final := seq[len(seq)-1]
	switch modifier := seq[2 : len(seq)-1]; {
	case strings.IndexByte("ABCDPQRS", final) >= 0 && modifier == "":
		return seq
	case strings.IndexByte("ABCDHF", final) >= 0 && modifier != "":
		return "\x1b[1;" + modifier + string(final)
	}
	return ss3Keys[final]
}

// csi translates a CSI sequence.
func csi(seq string) string {
	final := seq[len(seq)-1]
	params := strings.Split(seq[2:len(seq)-1], ";")
	switch {
	case final == 'u' && params[0] != "" && params[0][0] >= '0' && params[0][0] <= '9':
		return csiU(params)
	case final == '~' && params[0] == "27" && len(params) == 3: // modifyOtherKeys
		return csiU([]string{params[2], params[1]})
	case len(params) < 2 || !strings.Contains(params[1], ":") || seq[2] == '<':
		return seq
	}
	// A key with an event type behind its modifiers: 1 is a press, 2 a repetition, 3 a release.
	modifier, event, _ := strings.Cut(params[1], ":")
	switch {
	case event == "3":
		return ""
	case modifier != "1" && modifier != "":
		return "\x1b[" + params[0] + ";" + modifier + string(final)
	case final == '~':
		return "\x1b[" + params[0] + "~"
	}
	return "\x1b[" + string(final)
}

// functional are the keys that kitty numbers in Unicode's private use area, as v1 reads them.
var functional = map[int]string{
	57399: "0", 57400: "1", 57401: "2", 57402: "3", 57403: "4", 57404: "5", 57405: "6", 57406: "7", 57407: "8",
	57408: "9", 57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57414: "\r", 57415: "=", 57416: ",",
	57417: "\x1b[D", 57418: "\x1b[C", 57419: "\x1b[A", 57420: "\x1b[B", 57421: "\x1b[5~", 57422: "\x1b[6~",
	57423: "\x1b[H", 57424: "\x1b[F", 57425: "\x1b[2~", 57426: "\x1b[3~",
}

// A press is a key in the parameters of a CSI u sequence.
type press struct {
	code    int // of the key without shift
	shifted int // of the key with shift; 0: unknown
	place   int // of the key at the same place of a US keyboard; 0: the same as code
	held    int // modifiers
	event   int // 1 is a press, 2 a repetition, 3 a release
	text    int // the character that it types; 0: unknown
}

// csiU translates a CSI u sequence by its parameters: code:shifted:place ; modifiers:event ; text.
func csiU(params []string) string {
	field := func(i, j, otherwise int) int {
		if i >= len(params) {
			return otherwise
		}
		list := strings.Split(params[i], ":")
		if j >= len(list) || list[j] == "" {
			return otherwise
		}
		n, err := strconv.Atoi(list[j])
		if err != nil || n > utf8.MaxRune {
			return 0
		}
		return n
	}
	return press{code: field(0, 0, 0), shifted: field(0, 1, 0), place: field(0, 2, 0),
		held: (field(1, 0, 1) - 1) &^ (capsLock | numLock), event: field(1, 1, 1), text: field(2, 0, 0)}.bytes()
}

// bytes returns the key as v1 reads it; empty for a release, and for a key that v1 does not know.
func (p press) bytes() string {
	if p.held&(alt|ctrl) != 0 && p.place != 0 {
		p.code = p.place // shortcuts are by place: ctrl+с on a Russian keyboard is ctrl+c
	}
	if p.event == 3 || p.held < 0 || p.held > shift|alt|ctrl {
		return ""
	}
	switch {
	case functional[p.code] != "":
		return functional[p.code]
	case p.code == 27:
		return loneEsc
	case p.code == 9 && p.held&shift != 0:
		return "\x1b[Z"
	}
	key := p.letter()
	if key != "" && p.held&alt != 0 {
		return "\x1b" + key
	}
	return key
}

// letter returns the key without alt.
func (p press) letter() string {
	switch {
	case p.code == 8 || p.code == 9 || p.code == 13 || p.code == 127:
		return string(rune(p.code))
	case p.code < ' ' || p.code >= 0xe000 && p.code <= 0xf8ff: // no character, or a key that kitty alone knows
		return ""
	case p.held&ctrl != 0:
		return controlOf(p.code)
	case p.held&alt == 0 && p.text >= ' ' && p.text != 127:
		return string(rune(p.text))
	case p.held&shift != 0 && p.shifted >= ' ':
		return string(rune(p.shifted))
	case p.held&shift != 0:
		return strings.ToUpper(string(rune(p.code)))
	}
	return string(rune(p.code))
}

// controlOf returns the control character of a key with ctrl held; empty if there is none.
func controlOf(code int) string {
	switch {
	case code == ' ' || code == '@' || code == '2':
		return "\x00"
	case code >= 'a' && code <= 'z' || code >= 'A' && code <= 'Z' || code == '\\' || code == ']' || code == '^' ||
		code == '_':
		return string(rune(code & 0x1f))
	case code == '[':
		return loneEsc
	}
	return ""
}
