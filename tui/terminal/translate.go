package terminal

import (
	"strconv"
	"strings"
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

// ss3Keys are the keys of a keypad in application mode, by the letter of their SS3 sequence.
var ss3Keys = map[byte]string{'M': "\r", 'I': "\t", ' ': " ", 'X': "=", 'j': "*", 'k': "+", 'l': ",", 'm': "-",
	'n': ".",
	'o': "/", 'p': "0", 'q': "1", 'r': "2", 's': "3", 't': "4", 'u': "5", 'v': "6", 'w': "7", 'x': "8", 'y': "9",
	'H': "\x1b[H", 'F': "\x1b[F", 'a': "\x1b[1;5A", 'b': "\x1b[1;5B", 'c': "\x1b[1;5C", 'd': "\x1b[1;5D"}

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
var functional = map[int]string{57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57414: "\r", 57415: "=",
	57416: ",", 57417: "\x1b[D", 57418: "\x1b[C", 57419: "\x1b[A", 57420: "\x1b[B", 57421: "\x1b[5~", 57422: "\x1b[6~",
	57423: "\x1b[H", 57424: "\x1b[F", 57425: "\x1b[2~", 57426: "\x1b[3~"}

// csiU translates a key in the parameters of a CSI u sequence: its code with those of the shifted key and of the key at
// its place on a US keyboard; modifiers and event; text.
func csiU(params []string) string {
	field := func(i int) []string {
		if i >= len(params) {
			return nil
		}
		return strings.Split(params[i], ":")
	}
	number := func(list []string, i, otherwise int) int {
		if i >= len(list) || list[i] == "" {
			return otherwise
		}
		n, err := strconv.Atoi(list[i])
		if err != nil {
			return 0
		}
		return n
	}
	codes, state := field(0), field(1)
	code, event := number(codes, 0, 0), number(state, 1, 1)
	held := number(state, 0, 1) - 1
	held &^= capsLock | numLock
	if event == 3 || held < 0 || held > shift|alt|ctrl {
		return "" // a release, or a key held that v1 does not know
	}
	if held&(alt|ctrl) != 0 {
		code = number(codes, 2, code) // shortcuts are by place: ctrl+с on a Russian keyboard is ctrl+c
	}
	key := ""
	switch text := functional[code]; {
	case text != "":
		return text
	case code >= 57399 && code <= 57408: // digits of the keypad
		key = string(rune('0' + code - 57399))
	case code >= 0xe000 && code <= 0xf8ff, code <= 0, code > 0x10ffff:
		return ""
	case code == 27:
		return loneEsc
	case code == 9 && held&shift != 0:
		return "\x1b[Z"
	case code == 9 || code == 13 || code == 127 || code == 8:
		key, held = string(rune(code)), held&alt
	case code < 32:
		return ""
	case held&ctrl != 0:
		if key = controlOf(code); key == "" {
			return ""
		}
	case held&shift != 0:
		if key = string(rune(number(codes, 1, 0))); key == "\x00" {
			key = strings.ToUpper(string(rune(code)))
		}
	default:
		key = string(rune(code))
	}
	if text := field(2); held&(alt|ctrl) == 0 && code >= 32 && code != 127 && len(text) > 0 {
		if typed := number(text, 0, 0); typed >= 32 && typed != 127 && typed <= 0x10ffff {
			key = string(rune(typed)) // what the key types
		}
	}
	if held&alt != 0 {
		return "\x1b" + key
	}
	return key
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
