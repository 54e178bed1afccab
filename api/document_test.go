package api

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// show formats a row, with – for unknown values.
func show(r InstanceType) string {
	n := func(v Optional[int64]) string {
		if !v.Known {
			return "–"
		}
		return fmt.Sprint(v.Value)
	}
	rate := "–"
	if r.HourlyRate.Known {
		rate = fmt.Sprint(r.HourlyRate.Value)
	}
	return fmt.Sprintf("%s %q n=%s cpu=%s ram=%s disk=%s %q %q $%s", r.ID, r.GPUType, n(r.GPUCount), n(r.CPUCores),
		n(r.MemoryGB), n(r.StorageGB), r.Region, r.DeploymentType, rate)
}

func TestFaultBadRows(t *testing.T) {
	body, err := os.ReadFile("../testdata/api/wild.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`a-float "A100" n=8 cpu=100 ram=32 disk=0 "us-east-1" "" $2.5`,
		`b-missing "" n=– cpu=– ram=– disk=– "" "" $–`,
		`c-nulls "" n=– cpu=– ram=– disk=– "" "" $–`,
		`d-types "" n=– cpu=– ram=– disk=– "" "" $–`,
		`e-numbers "A100" n=– cpu=– ram=– disk=– "x" "" $–`,
		`f-huge "A100" n=– cpu=– ram=– disk=9007199254740991 "x" "" $–`,
		`g-sum "A100" n=1 cpu=– ram=– disk=– "" "" $0.3698`,
		`h-small "A100" n=1 cpu=– ram=– disk=– "" "" $5e-05`,
		`i-case "last" n=1 cpu=– ram=– disk=– "" "" $–`,
		`k-tiny "A100" n=1 cpu=– ram=– disk=– "" "" $1e-10`,
		`l-underflow "A100" n=1 cpu=– ram=– disk=– "" "" $–`,
		`j-last "H100" n=1 cpu=– ram=– disk=– "" "" $1.99`,
	}
	for i, r := range slices.Collect(page.Rows.All()) {
		if i >= len(want) || show(r) != want[i] {
			t.Errorf("row %d: %s", i, show(r))
		}
	}
	if page.Rows.Len() != len(want) || page.Dropped != 5 {
		t.Errorf("%d rows and %d dropped, want %d and 5", page.Rows.Len(), page.Dropped, len(want))
	}
	if page.Total != Some(int64(15)) || page.RequestID != "req_1" || page.HasMore {
		t.Errorf("meta: %+v", page)
	}
}

func TestFaultEnvelopes(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"empty", `{"data":[]}`, "0 rows"},
		{"no meta", `{"data":[{"id":"a"}]}`, "1 rows"},
		{"meta null", `{"data":[{"id":"a"}],"meta":null}`, "1 rows"},
		{"meta of another type", `{"data":[{"id":"a"}],"meta":7}`, "1 rows"},
		{"more", `{"data":[],"meta":{"cursor":"c1","hasMore":true}}`, `0 rows, more at "c1"`},
		{"hasMore is not a boolean", `{"data":[],"meta":{"cursor":"c1","hasMore":"yes"}}`, "0 rows"},
		{"cursor is not a string", `{"data":[],"meta":{"cursor":7,"hasMore":true}}`, `0 rows, more at ""`},
		{"data null", `{"data":null}`, "0 rows, Runcrate sent no list (data is null)"},
		{"data missing", `{}`, "unexpected answer: the answer has no data"},
		{"data an object", `{"data":{}}`, "unexpected answer: expected data to be a list"},
		{"a bare array", `[]`, "unexpected answer: expected an object with data"},
		{"names in another case", `{"DATA":[]}`, "unexpected answer: the answer has no data"},
		{"an error with status 200", `{"error":{"message":"not today"}}`,
			"unexpected answer: Runcrate returned an error: not today"},
		{"cut off", `{"data":[{"id":"a"`, "unexpected answer: not valid JSON at byte 18"},
		{"trailing data", `{"data":[]} {}`, "unexpected answer: not valid JSON at byte 13"},
		{"byte order mark", "\ufeff{\"data\":[]}", "unexpected answer: not valid JSON at byte 1"},
		{"nothing", "", "unexpected answer: not valid JSON at byte 0"},
		{"too deep", `{"data":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`,
			"unexpected answer: not valid JSON at byte 10008"},
		{"a web page", "<!doctype html><p>secret",
			"unexpected answer: got a web page, not the API: captive portal, proxy or wrong address?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, err := Decode([]byte(c.body))
			have := fmt.Sprintf("%d rows", page.Rows.Len())
			switch {
			case err != nil:
				have = err.Error()
			case page.HasMore:
				have += fmt.Sprintf(", more at %q", page.Cursor)
			case page.Warning != "":
				have += ", " + page.Warning
			}
			if have != c.want {
				t.Errorf("%s\nwant %s", have, c.want)
			}
		})
	}
}

func TestFilesMayBeBareArrays(t *testing.T) {
	for body, want := range map[string]int{`{"data":[{"id":"a"}]}`: 1, ` [{"id":"a"},{"id":"b"}]`: 2} {
		if page, err := DecodeFile(strings.NewReader(body)); err != nil || page.Rows.Len() != want {
			t.Errorf("%s: %d rows, %v", body, page.Rows.Len(), err)
		}
	}
	if _, err := DecodeFile(strings.NewReader(`[{"id":"a"},]`)); err == nil {
		t.Error("a broken array was accepted")
	}
}

func TestFaultHostileText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain text is left alone", "H100 SXM", "H100 SXM"},
		{"letters of any script are left alone", "Türkiye 東京", "Türkiye 東京"},
		{"a color", "a\x1b[31mred\x1b[0m", "a▯red▯"},
		{"a title", "a\x1b]0;owned\x07b", "a▯b"},
		{"a title ended by ST", "a\x1b]0;owned\x1b\\b", "a▯b"},
		{"a string without an end swallows nothing", "a\x1b]0;rest", "a▯]0;rest"},
		{"text between two titles stays", "a\x1b]0;x\x1b\\H100 SXM\x1b]0;y\x07b", "a▯H100 SXM▯b"},
		{"DCS and APC", "a\x1bPq\x1b\\b\x1b_x\x1b\\c", "a▯b▯c"},
		{"C1 as UTF-8", "a\u009b31mb", "a▯b"},
		{"C1 as a byte", "a\x9b31mb", "a▯31mb"},
		{"line breaks and tabs", "a\r\n\tb", "a▯b"},
		{"DEL and NUL", "a\x7f\x00b", "a▯b"},
		{"invalid UTF-8", "a\xff\xfeb", "a▯b"},
		{"an existing replacement character", "a▯b", "a▯b"},
		{"bidirectional controls", "a\u202eb\u2066c", "a▯b▯c"},
		{"zero width", "a\u200bb\ufeffc\u2060d", "a▯b▯c▯d"},
		{"tags", "a\U000e0041\U000e0042b", "a▯b"},
		{"line separators", "a\u2028b\u2029c", "a▯b▯c"},
		{"two combining marks stay, a third goes", "e\u0301\u0302\u0303x", "e\u0301\u0302x"},
		{"other spaces", "a\u00a0b\u3000c", "a b c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if have := CleanText(c.in); have != c.want {
				t.Errorf("%q, want %q", have, c.want)
			}
		})
	}
	if many := CleanText(strings.Repeat("\u009d", 1<<20)); many != "▯" { // took minutes when it was quadratic
		t.Errorf("%d characters", len(many))
	}
	if long := CleanText(strings.Repeat("x", 600)); utf8.RuneCountInString(long) != 512 ||
		!strings.HasSuffix(long, "…") {
		t.Errorf("600 letters become %d", utf8.RuneCountInString(long))
	}
}

func FuzzCleanText(f *testing.F) {
	f.Add("a\x1b[31mred\x1b]0;t\x07 e\u0301\u0301\u0301 \u202e")
	f.Fuzz(func(t *testing.T, s string) {
		clean := CleanText(s)
		if !utf8.ValidString(clean) || utf8.RuneCountInString(clean) > textMax {
			t.Fatalf("%q becomes %q", s, clean)
		}
		for _, r := range clean {
			if r != textMark && forbidden(r) {
				t.Fatalf("%q keeps %U", s, r)
			}
		}
		if CleanText(clean) != clean {
			t.Fatalf("%q is not clean after cleaning: %q", s, clean)
		}
		if CheckID(clean) == nil && clean != s {
			t.Fatalf("the id %q became the usable id %q", s, clean)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"data":[{"id":"a","gpu_count":8.0,"hourly_rate":"2.5"}],"meta":{"cursor":"x","hasMore":true}}`))
	f.Add([]byte(`[{"id":"\u001b[31m"}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if len(body) < 4096 { // longer bodies may be nested deeper than the reference allows
			sameAsSlow(t, body)
		}
		page, err := DecodeFile(bytes.NewReader(body))
		if err != nil {
			return
		}
		for r := range page.Rows.All() {
			for _, s := range []string{r.ID, r.GPUType, r.Region, r.DeploymentType} {
				if CleanText(s) != s {
					t.Fatalf("%q came through", s)
				}
			}
			for _, v := range []Optional[int64]{r.GPUCount, r.CPUCores, r.MemoryGB, r.StorageGB} {
				if v.Value < 0 || v.Value > maxExact {
					t.Fatalf("%d came through", v.Value)
				}
			}
			if v := r.HourlyRate.Value; !(v >= 0 && v <= maxExact) {
				t.Fatalf("the rate %v came through", v)
			}
		}
	})
}

func TestFaultUnsafeIDs(t *testing.T) {
	for id, ok := range map[string]bool{
		"stoic-tharp-h100x2-4d7a": true, "a": true, "A9._:/@+-": true, strings.Repeat("a", 128): true,
		"": false, "-rf": false, "a b": false, "a\nb": false, "a;b": false, "$(x)": false, "ä": false, "a▯": false,
		strings.Repeat("a", 129): false,
	} {
		if err := CheckID(id); (err == nil) != ok {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestFaultListsWithoutEnd(t *testing.T) {
	page := func(cursor string, more bool) Page {
		return Page{Rows: RowsOf(make([]InstanceType, 2)...), Cursor: cursor, HasMore: more}
	}
	for _, c := range []struct {
		name  string
		pages []Page
		more  bool
		why   Incomplete
		at    string
	}{
		{"one page", []Page{page("", false)}, false, "", ""},
		{"a cursor without hasMore is no next page", []Page{page("c", false)}, false, "", "c"},
		{"hasMore with a cursor goes on there", []Page{page("c", true)}, true, "", "c"},
		{"hasMore without a cursor", []Page{page("", true)}, false, NoWayOn, ""},
		{"the same cursor again", []Page{page("c", true), page("c", true)}, false, NoWayOn, "c"},
		{"an earlier cursor again", []Page{page("c", true), page("d", true), page("c", true)}, false, NoWayOn, "c"},
		{"the last page", []Page{page("c", true), page("d", true), page("", false)}, false, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w Walk
			var more bool
			var why Incomplete
			for _, p := range c.pages {
				w, more, why = w.After(p)
			}
			if more != c.more || why != c.why || w.Cursor() != c.at || w.Pages() != len(c.pages) {
				t.Errorf("more %v, why %q, at %q", more, why, w.Cursor())
			}
		})
	}
	t.Run("budgets", func(t *testing.T) {
		var w Walk
		more, why := true, Incomplete("")
		for i := 0; more; i++ {
			w, more, why = w.After(page(fmt.Sprint("c", i), true))
		}
		if w.Pages() != MaxPages || why != PageBudget {
			t.Errorf("stopped after %d pages: %s", w.Pages(), why)
		}
		_, more, why = Walk{}.After(Page{Rows: RowsOf(make([]InstanceType, MaxRows)...), Cursor: "c", HasMore: true})
		if more || why != RowBudget {
			t.Errorf("more %v, why %q", more, why)
		}
	})
	t.Run("a walk is a value", func(t *testing.T) {
		a, _, _ := Walk{}.After(page("c", true))
		b, _, _ := a.After(page("d", true))
		c, more, _ := a.After(page("e", true))
		if b.Cursor() != "d" || c.Cursor() != "e" || !more {
			t.Error("two walks from one place disturb each other")
		}
	})
}

// Characters that Unicode has not assigned are marked, and so is text that was damaged before it came here; the mark
// itself is clean text.
func TestFaultUnassignedCharacters(t *testing.T) {
	for text, want := range map[string]string{"a\ufdd0b": "a▯b", "a\uffffb": "a▯b", "a\U0001ffffb": "a▯b",
		"a\u0378b":       "a▯b",
		"a\ufffd\ufffdb": "a▯b", "a\xffb": "a▯b", "a▯b": "a▯b", "Zürich 東京 🇨🇭 \ue0a0": "Zürich 東京 🇨🇭 \ue0a0"} {
		if have := CleanText(text); have != want || CleanText(have) != want {
			t.Errorf("%q: %q, want %q", text, have, want)
		}
	}
}
