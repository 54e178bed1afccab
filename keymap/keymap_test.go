package keymap

import (
	"reflect"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

// eachPlace calls f with the bindings of each place, by their names.
func eachPlace(f func(place string, bindings map[string]key.Binding)) {
	v := reflect.ValueOf(Default())
	for i := range v.NumField() {
		bindings := map[string]key.Binding{}
		for j := range v.Field(i).NumField() {
			bindings[v.Field(i).Type().Field(j).Name] = v.Field(i).Field(j).Interface().(key.Binding)
		}
		f(v.Type().Field(i).Name, bindings)
	}
}

func TestEveryKeySaysWhatItDoes(t *testing.T) {
	eachPlace(func(place string, bindings map[string]key.Binding) {
		for name, b := range bindings {
			if len(b.Keys()) == 0 || b.Help().Key == "" || b.Help().Desc == "" {
				t.Errorf("%s.%s has no key or no help", place, name)
			}
		}
	})
}

// TestHelpShowsEveryKey checks every place: users cannot find a key that the help does not show.
func TestHelpShowsEveryKey(t *testing.T) {
	shown := map[string]bool{}
	for _, g := range Default().Groups() {
		for _, b := range g.Keys {
			shown[b.Help().Key+b.Help().Desc] = true
		}
	}
	eachPlace(func(place string, bindings map[string]key.Binding) {
		for name, b := range bindings {
			if _, asInTheTable := reflect.TypeFor[Table]().FieldByName(name); place == "Facets" && asInTheTable &&
				name != "Clear" || name == "Hide" {
				continue
			}
			if !shown[b.Help().Key+b.Help().Desc] {
				t.Errorf("%s.%s is not in the help", place, name)
			}
		}
	})
}

// TestDefaultKeys keeps the default keys from changing by accident.
func TestDefaultKeys(t *testing.T) {
	k := Default()
	for want, b := range map[string]key.Binding{
		"enter": k.Table.Pick, "y": k.Table.Copy, "/": k.Table.Filter, "s": k.Table.Sort, "S": k.Table.SortThen,
		"X": k.Table.Clear, "u": k.Table.Undo,
		"r": k.Table.Reload, "?": k.Table.Help, "q": k.Table.Quit, "esc": k.Table.Back, "ctrl+c": k.Anywhere.Interrupt,
		"ctrl+z": k.Anywhere.Suspend,
		"k":      k.Table.Up, "j": k.Table.Down, "g": k.Table.Top, "G": k.Table.Bottom, "ctrl+b": k.Table.PageUp,
		"ctrl+f": k.Table.PageDown,
		"ctrl+u": k.Table.HalfUp, "ctrl+d": k.Table.HalfDown, "left": k.Table.Left, "right": k.Table.Right,
		"m": k.Table.Mouse, "backspace": k.Table.Chips, "p": k.Table.Details, "v": k.Table.MarkRange,
		"M": k.Table.Unmark, "t": k.Table.OnlyMarked, "@": k.Table.OnlyLike, "!": k.Table.Unlike, "tab": k.Table.Facets,
		"0": k.Table.HideFacets, "1": k.Table.GPU, "2": k.Table.Region, "3": k.Table.Count,
		" ": k.Facets.Tick, "o": k.Facets.Only, "c": k.Facets.Clear, "a": k.Facets.All, "ctrl+p": k.Line.Earlier,
		"ctrl+n": k.Line.Later,
	} {
		found := false
		for _, have := range b.Keys() {
			found = found || have == want
		}
		if !found {
			t.Errorf("%q no longer does %q", want, b.Help().Desc)
		}
	}
}
