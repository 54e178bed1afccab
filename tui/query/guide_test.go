package query

import (
	"strings"
	"testing"
)

// Every example of the guide is read as the guide says.
func TestGuideExamples(t *testing.T) {
	spoken, exact := Guide()
	n := 0
	for _, rule := range append(spoken, exact...) {
		if rule.Means == "" || len(rule.Examples) == 0 {
			t.Errorf("%+v says nothing", rule)
		}
		for _, e := range rule.Examples {
			q, err := Parse(e.Typed)
			have := q.String()
			if len(q.Sort) > 0 {
				have += " | " + q.Sort.String()
			}
			if err != nil || have != e.Exact {
				t.Errorf("%q is read as %q, %v; the guide says %q", e.Typed, have, err, e.Exact)
			}
			n++
		}
	}
	for _, f := range Fields() { // every field has an example that can be read
		if q, err := Parse(fields[f].example); err != nil || !q.Asks(f) {
			t.Errorf("%s: the example %q, %v", f, fields[f].example, err)
		}
		for _, step := range fields[f].steps {
			if _, err := Parse(f.String() + ">=" + step); err != nil {
				t.Errorf("%s: the step %q, %v", f, step, err)
			}
		}
	}
	for _, rule := range exact { // the exact form is printed unchanged
		for _, e := range rule.Examples {
			if q, _ := Parse(e.Exact); !strings.Contains(e.Exact, "|") && q.String() != e.Exact {
				t.Errorf("%q prints as %q", e.Exact, q)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d examples", n)
	}
}
