package cli

import (
	"fmt"
	"strings"
	"testing"
)

// bashBreaks are bash's own COMP_WORDBREAKS.
const bashBreaks = " \t\n\"'><=;|&(:"

// bash gets what it puts in place of the text behind its last break, escaped for the quotes that are open.
func TestBashCompletes(t *testing.T) {
	for line, want := range map[string]string{
		`gpupick --demo 8xh`:                         "8xh100  (35 offers)|8xh200  (14 offers)",
		`gpupick --demo 8xh2`:                        "8xh200",
		`gpupick --demo --filter "h100 eur`:          "h100 europe|h100 europe-west4",
		`gpupick --demo --filter h100\ eur`:          `h100\ europe|h100\ europe-west4`,
		`gpupick --demo --filter 'h100 germ`:         "h100 germany",
		`gpupick --demo vram\>=1`:                    "16gb  (609 offers)|141gb  (79 offers)|180gb  (45 offers)",
		`gpupick --demo mem\>=6`:                     "64gb",
		`gpupick --demo region:us-G`:                 "us-GA-1",
		`gpupick --demo --gpu "h100 n`:               "H100 NVL",
		`gpupick --demo --gpu h100\ n`:               `H100\ NVL `,
		`gpupick --demo --gpu "H100 NVL"`:            "",
		`gpupick --demo --region=us-T`:               "US-TX-3 ",
		`gpupick --demo --region="us-T`:              "US-TX-3",
		`gpupick --demo --theme l`:                   "light ",
		`gpupick --demo --sort price,mak`:            "price,maker",
		`gpupick --dem`:                              "--demo ",
		`gpupick --demo zzz`:                         "",
		`/usr/bin/gpupick --demo is:n`:               "new",
		"gpupick --demo\t\"a10\"'g' --clipboard  au": "auto ",
	} {
		have := runs(t, nil, "", bashRequest, bashBreaks, line)
		if out := strings.ReplaceAll(strings.TrimSuffix(have.out, "\n"), "\n", "|"); out != want || have.status != 0 {
			t.Errorf("%s is completed to %q, %d, want %q", line, out, have.status, want)
		}
	}
	if have := runs(t, nil, "", bashRequest, bashBreaks, "gpupick --file ba"); have.status == 0 {
		t.Errorf("no file may follow --file: %+v", have)
	}
}

func FuzzShellWords(f *testing.F) {
	for _, line := range []string{`a "b c" d`, `a 'b\c`, `"\"`, `a\`, "a  b\t"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, last := shellWords(line)
		quoted := ""
		for _, w := range append(words, last.text) {
			quoted += begunWord{}.quoted(w) + " "
		}
		again, _ := shellWords(quoted)
		all := append(words, last.text)
		if last.text != "" && !strings.ContainsAny(line, "\"'") && fmt.Sprint(again) != fmt.Sprint(all) {
			t.Errorf("%q is %q, and written again %q", line, all, again)
		}
		if n := last.before(bashBreaks); n < 0 || n > len(last.text) {
			t.Errorf("%q: %d bytes of %q are kept", line, n, last.text)
		}
	})
}
