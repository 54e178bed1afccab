package api

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// inParts decodes with rows told before the page is there, and is what counts of
// them in the end.
func inParts(body []byte, expect int) (page Page, told int, err error) {
	var rows []InstanceType
	p := &parts{tell: func(part []InstanceType, again bool) {
		if again {
			rows = nil
		}
		rows = append(rows, part...)
		told++
	}}
	page, err = decode(bytes.NewReader(body), func(s string) string { return s }, p, expect)
	if err == nil && page.Told != len(rows) {
		err = fmt.Errorf("%d rows were told, the page says %d", len(rows), page.Told)
	}
	page.Rows, page.Told = append(rows, page.Rows...), 0
	return page, told, err
}

func sameInParts(t *testing.T, body []byte) {
	t.Helper()
	want, wantErr := Decode(body)
	for _, expect := range []int{0, 1, 500, 1 << 20} {
		have, _, err := inParts(body, expect)
		if fmt.Sprint(err) != fmt.Sprint(wantErr) || err == nil && (!slices.Equal(have.Rows, want.Rows) || have.Dropped != want.Dropped || have.Cursor != want.Cursor || have.Warning != want.Warning) {
			t.Fatalf("in parts %+v, %v; want %+v, %v", have, err, want, wantErr)
		}
	}
}

// answerOf is an answer with so many rows, whose ids begin with a word.
func answerOf(word string, n int) string {
	var rows []string
	for i := range n {
		rows = append(rows, fmt.Sprintf(`{"id":"%s%d","hourly_rate":%d}`, word, i, i))
	}
	return `{"data":[` + strings.Join(rows, ",") + `],"meta":{"hasMore":false}}`
}

func TestAPageInPartsIsThePage(t *testing.T) {
	many := answerOf("a", 9000)
	for _, body := range []string{many, answerOf("a", 0), answerOf("a", 64), answerOf("a", 65), `{"data":null}`, `{"data":7}`, `{`, ``,
		`{"data":[{"id":"a"}],"data":[{"id":"b"}]}`, `{"data":[` + strings.Repeat(`{"id":"a"},`, 100) + `7],"data":null}`, `{"data":[` + strings.Repeat(`{"id":"a"},`, 100) + `{}],"data":7}`,
		`{"data":[` + strings.Repeat(`{"id":"a"},`, 100) + `{"id":"b"}], "data":[{"id":"c"}]}`, many[:len(many)/2]} {
		sameInParts(t, []byte(body))
	}
	if _, told, _ := inParts([]byte(many), 0); told < 4 {
		t.Errorf("%d parts", told)
	}
}

// What came of an answer that breaks off counts no more, and the next attempt says so
// before it brings anything.
func TestFaultAPageThatBreaksAfterItsFirstRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken, whole, empty := answerOf("broken", 2000), answerOf("whole", 1000), answerOf("", 0)
		for _, then := range []string{whole, empty} {
			asked := 0
			c := clientFor(t, "https://runcrate.ai", Options{Transport: travels(func(*http.Request) (*http.Response, error) {
				if asked++; asked == 1 {
					return answer(200, io.MultiReader(strings.NewReader(broken[:len(broken)-100]), brokenReader{})), nil
				}
				return answer(200, strings.NewReader(then)), nil
			})})
			var rows []InstanceType
			log := ""
			page, err := c.Stream(t.Context(), Ask{}, "", func(Wait) { log += "pause " }, func(part []InstanceType, again bool) {
				if again {
					log += "again "
					rows = nil
				} else if !strings.HasSuffix(log, "rows ") {
					log += "rows "
				}
				rows = append(rows, part...)
			})
			rows = append(rows, page.Rows...)
			want, _ := Decode([]byte(then))
			if err != nil || !slices.Equal(rows, want.Rows) || !strings.HasPrefix(log, "rows pause again") {
				t.Errorf("%d rows, want %d; %s; %v", len(rows), len(want.Rows), log, err)
			}
		}
	})
}

// brokenReader is a connection that is reset.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
