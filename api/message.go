package api

import (
	"encoding/json"
	"fmt"
	"strings"
)

const messageMax = 200 // characters of the service's message that are shown

// errorMessage returns the service's message from the body of a failed answer:
// {"error": {"message": …}}, {"error": "…"}, {"message": …}, {"detail": "…"} or
// {"detail": [{"loc": […], "msg": …}]}. It is empty if the body has none of these.
//
// The key is masked after decoding and before the message is shortened in any way.
func errorMessage(body []byte, redact redactor) string {
	var top map[string]json.RawMessage
	if json.Unmarshal(body, &top) != nil {
		return ""
	}
	return findMessage(top, redact)
}

func findMessage(top map[string]json.RawMessage, redact redactor) string {
	for _, name := range []string{"error", "errors", "message", "detail"} {
		if m := messageIn(top[name], redact); m != "" {
			return shorten(redact.mask(m))
		}
	}
	return ""
}

// messageIn finds a message in a text, in an object, or in the first item of a list.
func messageIn(raw json.RawMessage, redact redactor) string {
	text := func(raw json.RawMessage) string {
		s, _ := stringValue(raw)
		return strings.TrimSpace(redact.clean(s))
	}
	if s := text(raw); s != "" {
		return s
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		return messageIn(list[0], redact)
	}
	var inner map[string]json.RawMessage
	if json.Unmarshal(raw, &inner) != nil {
		return ""
	}
	for _, name := range []string{"message", "msg", "code"} {
		if s := text(inner[name]); s != "" {
			return place(inner["loc"], redact) + s
		}
	}
	return ""
}

// place returns the last part of the place that a message is about: {"loc": ["query", "region"]}.
func place(raw json.RawMessage, redact redactor) string {
	var parts []any
	if json.Unmarshal(raw, &parts) != nil || len(parts) == 0 {
		return ""
	}
	return redact.clean(fmt.Sprint(parts[len(parts)-1])) + ": "
}

func shorten(s string) string {
	if r := []rune(s); len(r) > messageMax {
		return string(r[:messageMax-1]) + "…"
	}
	return s
}

// saysFailure reports whether an answer says that it is a failure: it has an error, or no success.
func saysFailure(said map[string]json.RawMessage) bool {
	return !empty(said["error"]) || !empty(said["errors"]) || string(said["success"]) == "false" ||
		string(said["ok"]) == "false"
}

// empty reports whether a JSON value says nothing: none at all, null, false, 0, or an empty text, list or object.
func empty(raw json.RawMessage) bool {
	var value any
	if len(raw) == 0 {
		return true
	}
	if json.Unmarshal(raw, &value) != nil {
		return false
	}
	switch v := value.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return value == nil || value == false || value == "" || value == 0.0
}
