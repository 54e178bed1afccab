package settings

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"gpupick/keymap"
)

// readKeys reads keys by place and action:
//
//	keys:
//	  table:
//	    copy: o
//	    clear: [X, ctrl+x]
func readKeys(s *Settings, v *yaml.Node, _ Choices) (*yaml.Node, string) {
	if v.Kind != yaml.MappingNode {
		return v, "write places with their actions and keys: {table: {copy: o}}"
	}
	keys := keymap.Default()
	given := map[string]*yaml.Node{} // the node of each action in the file
	var seen []string
	for i := 0; i+1 < len(v.Content); i += 2 {
		place, actions := v.Content[i], v.Content[i+1]
		switch {
		case !slices.Contains(keymap.Places(), place.Value):
			return place, noSuch("place", place, keymap.Places())
		case slices.Contains(seen, place.Value):
			return place, place.Value + " is set twice"
		case actions.Kind != yaml.MappingNode:
			return actions, "of " + place.Value + " write actions with their keys: {" +
				keymap.Actions(place.Value)[len(keymap.Actions(place.Value))-1] + ": f2}"
		}
		seen = append(seen, place.Value)
		for j := 0; j+1 < len(actions.Content); j += 2 {
			action, value := actions.Content[j], actions.Content[j+1]
			name := place.Value + "." + action.Value
			switch known := keymap.Actions(place.Value); {
			case !keymap.HasAction(place.Value, action.Value):
				return action, noSuch("action of "+place.Value, action, known)
			case given[name] != nil:
				return action, name + " is set twice"
			}
			given[name] = action
			wanted, ok := keyNames(value)
			if !ok {
				return value, name + " is a key or a list of keys"
			}
			if err := keys.Rebind(place.Value, action.Value, wanted); err != nil {
				return value, name + ": " + err.Error()
			}
		}
	}
	if c, found := keys.Clash(); found {
		at := v
		for _, action := range c.Actions {
			if node := given[c.Place+"."+action]; node != nil {
				at = node // the action that the file names
			}
		}
		return at, c.Place + ": " + c.String()
	}
	s.Keys = &keys
	return v, ""
}

// keyNames returns the keys that a value names: one, or a list.
func keyNames(v *yaml.Node) (names []string, ok bool) {
	items := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		items = v.Content
	}
	for _, item := range items {
		if item.Kind != yaml.ScalarNode {
			return nil, false
		}
		names = append(names, item.Value)
	}
	return names, true
}

// noSuch returns the error for a name that does not exist: it suggests the nearest name, or lists all.
func noSuch(what string, v *yaml.Node, there []string) string {
	return "no such " + what + "; " + suggestOr(v, there, "there are "+strings.Join(there, ", "))
}
