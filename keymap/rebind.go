package keymap

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
)

// Places are the names of the places where keys work: "table", "sort-menu" …
func Places() []string { return namesOf(reflect.TypeFor[Keys]()) }

// Actions returns the names of the actions in a place: "copy", "tick-and-go" …; none if there is no such place.
func Actions(place string) []string {
	if at := fieldOf(reflect.TypeFor[Keys](), place); at >= 0 {
		return namesOf(reflect.TypeFor[Keys]().Field(at).Type)
	}
	return nil
}

// ActionOf returns the name of a binding's action in a place; empty if the place does not have the binding.
func (k Keys) ActionOf(place string, b key.Binding) string {
	at := fieldOf(reflect.TypeFor[Keys](), place)
	if at < 0 {
		return ""
	}
	in := reflect.ValueOf(k).Field(at)
	for i := range in.NumField() {
		if in.Field(i).Interface().(key.Binding).Help() == b.Help() {
			return nameOf(in.Type().Field(i).Name)
		}
	}
	return ""
}

// Rebind replaces the keys of an action in a place. The error says what is wrong, and repeats only
// names that are known to be keys.
func (k *Keys) Rebind(place, action string, keys []string) error {
	at := fieldOf(reflect.TypeFor[Keys](), place)
	if at < 0 {
		return fmt.Errorf("no such place")
	}
	if now, renamed := formerNames[place+"."+action]; renamed {
		action = now
	}
	in := reflect.ValueOf(k).Elem().Field(at)
	does := fieldOf(in.Type(), action)
	switch {
	case does < 0:
		return fmt.Errorf("no such action")
	case place == "anywhere" && action == "interrupt":
		return fmt.Errorf("ctrl+c quits, whatever else does")
	case len(keys) == 0:
		return fmt.Errorf("it names no key")
	}
	var known, shown []string
	for _, name := range keys {
		is, err := parseKey(name)
		switch {
		case err != nil:
			return err
		case takesText(place) && utf8.RuneCountInString(is) == 1:
			return fmt.Errorf("%s is typed there", show(is))
		case slices.Contains(known, is):
			return fmt.Errorf("%s is set twice", show(is))
		}
		known, shown = append(known, is), append(shown, show(is))
	}
	b := in.Field(does).Addr().Interface().(*key.Binding)
	b.SetKeys(known...)
	b.SetHelp(strings.Join(shown, " "), b.Help().Desc)
	return nil
}

// HasAction reports whether a place has an action, also by a name that it had before.
func HasAction(place, action string) bool {
	return slices.Contains(Actions(place), action) || formerNames[place+"."+action] != ""
}

// formerNames are the names that actions had before, which settings may still use.
var formerNames = map[string]string{"table.restore": "undo"}

// A Clash is a key that means two things in one place.
type Clash struct {
	Place, Key string
	// the two meanings; one may be of the place "anywhere" or "table", or letters or editing without a binding
	Actions [2]string
}

func (c Clash) String() string {
	return fmt.Sprintf("%s is both %s and %s", c.Key, c.Actions[0], c.Actions[1])
}

// Clash returns the first clash.
func (k Keys) Clash() (c Clash, found bool) {
	v := reflect.ValueOf(k)
	for i := range v.NumField() {
		place := nameOf(v.Type().Field(i).Name)
		seen := map[string]string{}
		note := func(action string, keys []string) bool {
			for _, name := range keys {
				if other, twice := seen[name]; twice && !found {
					c, found = Clash{place, show(name), [2]string{other, action}}, true
				}
				seen[name] = action
			}
			return found
		}
		if place != "anywhere" {
			for _, name := range namesOf(reflect.TypeFor[Anywhere]()) {
				at := fieldOf(reflect.TypeFor[Anywhere](), name)
				note("anywhere."+name, reflect.ValueOf(k.Anywhere).Field(at).Interface().(key.Binding).Keys())
			}
		}
		note(unboundKeys(place))
		for action, b := range k.fromTable(place) {
			note(action, b.Keys())
		}
		for j := range v.Field(i).NumField() {
			if note(nameOf(v.Field(i).Type().Field(j).Name), v.Field(i).Field(j).Interface().(key.Binding).Keys()) {
				return c, true
			}
		}
	}
	return c, found
}

// fromTable yields the table's keys that also work in a view, except the one that opens and closes the view.
func (k Keys) fromTable(place string) iter.Seq2[string, key.Binding] {
	return func(yield func(string, key.Binding) bool) {
		if !slices.Contains(viewPlaces, place) {
			return
		}
		table := reflect.ValueOf(k.Table)
		for _, action := range sharedActions {
			b := table.Field(fieldOf(table.Type(), action)).Interface().(key.Binding)
			if action != place && !yield("table."+action, b) {
				return
			}
		}
	}
}

// unboundKeys returns the keys that a place uses without a binding, and what they do.
func unboundKeys(place string) (action string, keys []string) {
	switch place {
	case "sort-menu", "like":
		return "a field", SortLetters.Keys()
	case "copy-as":
		return "a form", CopyLetters.Keys()
	}
	if takesText(place) {
		return "editing", editing
	}
	return "", nil
}

// editing are the keys that edit a line. Up and down are not among them: they move in the list of
// completions or of matches.
var editing = append(Editing.Keys(), "left", "right", "home", "end", "backspace", "delete")

// takesText reports whether characters may be typed in a place.
func takesText(place string) bool {
	return slices.Contains([]string{"anywhere", "line", "completion", "find", "compare-edit"}, place)
}

// special are the keys other than characters, by Bubble Tea's names.
var special = func() []string {
	names := []string{"enter", "tab", "shift+tab", "esc", "backspace", "delete", "insert"}
	for _, way := range []string{"up", "down", "left", "right", "home", "end"} {
		names = append(names, way, "shift+"+way, "ctrl+"+way, "ctrl+shift+"+way)
	}
	names = append(names, "pgup", "pgdown", "ctrl+pgup", "ctrl+pgdown")
	for n := 1; n <= 20; n++ {
		names = append(names, fmt.Sprintf("f%d", n))
	}
	for c := 'a'; c <= 'z'; c++ {
		names = append(names, "ctrl+"+string(c))
	}
	return names
}()

// invisible are the invisible letters of Hangul.
const invisible = "\u115f\u1160\u3164\uffa0"

// aliases are other common names of keys, and the signs that the help shows.
var aliases = map[string]string{
	"space": " ", "escape": "esc", "return": "enter", "del": "delete", "ins": "insert", "pgdn": "pgdown",
	"pagedown": "pgdown", "pageup": "pgup",
	"↑": "up", "↓": "down", "←": "left", "→": "right",
}

// sameAs maps a key to another one for which terminals send the same.
var sameAs = map[string]string{
	"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "esc", "ctrl+h": "backspace", "shift+enter": "enter",
	"ctrl+enter":  "enter",
	"shift+space": "space", "ctrl+tab": "tab", "shift+backspace": "backspace", "ctrl+backspace": "backspace",
	"shift+esc": "esc", "ctrl+esc": "esc",
}

// parseKey returns Bubble Tea's name for the key that the user calls name.
func parseKey(name string) (string, error) {
	if name == "" {
		return "", fmt.Errorf("it names no key; a sign such as ! stands in quotes")
	}
	if utf8.RuneCountInString(name) == 1 {
		r, _ := utf8.DecodeRuneInString(name)
		if a, is := aliases[name]; is {
			return a, nil
		}
		if r == utf8.RuneError || !unicode.IsGraphic(r) || unicode.IsMark(r) || unicode.IsSpace(r) && r != ' ' ||
			strings.ContainsRune(invisible, r) {
			return "", fmt.Errorf("a character that cannot be typed alone is no key")
		}
		return name, nil
	}
	low := strings.ToLower(name)
	if a, is := aliases[low]; is {
		return a, nil
	}
	if same, is := sameAs[low]; is {
		return "", fmt.Errorf("terminals send the same for %s as for %s", low, same)
	}
	switch rest, alt := strings.CutPrefix(low, "alt+"); {
	case alt:
		return "", fmt.Errorf("terminals send the same for alt and a key as for esc and then the key")
	case slices.Contains(special, low):
		return low, nil
	case strings.HasPrefix(rest, "shift+"):
		return "", fmt.Errorf("no such key; a capital letter is written as one: G")
	}
	return "", fmt.Errorf("no such key; a key is a character, or space, enter, tab, esc, backspace, up, pgdn, home, " +
		"f1, ctrl+a …")
}

// Shown returns a key as the help shows it. name is Bubble Tea's.
func Shown(name string) string { return show(name) }

// show returns a key as the help shows it.
func show(name string) string {
	switch name {
	case " ":
		return "space"
	case "pgdown":
		return "pgdn"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return name
}

// Name returns the name of a binding in a sentence: its first key.
func Name(b key.Binding) string { return strings.Fields(b.Help().Key)[0] }

func fieldOf(t reflect.Type, name string) int { return slices.Index(namesOf(t), name) }

func namesOf(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		names = append(names, nameOf(t.Field(i).Name))
	}
	return names
}

// nameOf returns the name of a Go field in the settings: TickAndGo becomes tick-and-go, GPU becomes gpu.
func nameOf(field string) string {
	var b strings.Builder
	for i := range len(field) {
		if i > 0 && unicode.IsUpper(rune(field[i])) && unicode.IsLower(rune(field[i-1])) {
			b.WriteByte('-')
		}
		b.WriteByte(field[i])
	}
	return strings.ToLower(b.String())
}
