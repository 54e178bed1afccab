package catalog

import (
	"testing"

	"gpupick/tui/query"
)

func TestComplete(t *testing.T) {
	c := demo(t)
	for text, want := range map[string]string{
		"pri":            "price<= | price<=20",
		"h100 vr":        "h100 vram>= | vram>=80gb",
		"8xh100 germ":    `8xh100 area:germany | area:germany 3`,
		"gpu:gh":         `gpu:gh200 | gpu:gh200 8`,
		`gpu:"gh`:        `gpu:gh200 | gpu:gh200 8`,
		"-type:sp":       `-type="spot" | -type="spot" 465`,
		`gpu="GH200",b3`: `gpu="GH200","B300" | gpu="GH200","B300" 14`,
		"area:icel":      "area:iceland | area:iceland 30",
		"quebec":         "area:quebec | area:quebec 33",
		"count:":         "count:1 | count:1 177",
		"price<":         "price<=0.5 | price<=0.5 70",
		"zzzz":           "",
		"memm:":          "",
		"price<<5 h":     "",
	} {
		have := ""
		if list := c.Complete(text); len(list) > 0 {
			have = list[0].Text + " | " + list[0].Show
			if list[0].Rows >= 0 {
				have += " " + formatNumber(float64(list[0].Rows))
			}
		}
		if have != want {
			t.Errorf("%q: %q, want %q", text, have, want)
		}
	}
}

// Every completion is a valid filter and leaves as many rows as it says.
func TestCompletionsLeaveTheRowsTheyShow(t *testing.T) {
	c := demo(t)
	for _, text := range []string{"h", "r", "us", "gpu:", "region:", "type:", "count:", "8xh100 ", "8xh100 e",
		"europe gpu:h", "-gpu:a", "s", "region=", "a", "count:1,"} {
		for _, o := range c.Complete(text) {
			if o.Rows < 0 {
				continue
			}
			q, err := query.Parse(o.Text)
			if err != nil {
				t.Errorf("%q: %q: %v", text, o.Text, err)
			} else if rows := c.Run(q).Rows.Len(); rows != o.Rows {
				t.Errorf("%q: %q promises %d rows and leaves %d", text, o.Text, o.Rows, rows)
			}
		}
	}
}
