package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"gpupick/api"
	"gpupick/keymap"
	"gpupick/tui/export"
)

func TestCopyAs(t *testing.T) {
	for letter, want := range map[string]string{
		"i": "two-h100",
		"r": `runcrate instances create --name "${NAME:?}" --type-id two-h100 --gpu-count 2`,
		"u": `"instance_type_id":"two-h100","gpu_count":2}'`,
		"p": `    print(client.instances.create(name=os.environ["NAME"], ssh_key_id=os.environ["SSH_KEY_ID"], ` +
			`instance_type_id="two-h100", gpu_count=2))`,
		"c": "two-h100,H100,2,32,256,500,eu-west-1,vm,4",
		"m": "| H100 | 2 | 4.00 | 2.00 | eu-west-1 | 256 GB | 80 GB | 32 | 500 GB | vm | two-h100 |",
		"j": `"id": "two-h100",`,
	} {
		r := newRig(t, 200, 40, whole(five)).keys("j", "j", "j", "Y", letter)
		shown := r.m.View()
		r.keys("enter")
		if len(r.copied) != 1 || !strings.Contains(r.copied[0], want) || strings.HasSuffix(r.copied[0], "\n") {
			t.Fatalf("%s copies %q, want %s", letter, r.copied, want)
		}
		// The copied text is the one that was shown.
		for _, line := range strings.Split(r.copied[0], "\n")[:1] {
			if !strings.Contains(plainText(shown), line) {
				t.Errorf("%s: %q was not shown", letter, line)
			}
		}
		r.sees(" of two-h100 copied")
		if r.quit || r.m.focus != onTable {
			t.Error("it does not stay")
		}
	}
}

func TestCopyAsListsTheMarkedRows(t *testing.T) {
	r := newRig(t, 120, 40, whole(five)).keys("space", "j", "space", "Y").sees("copy 2 marked offers as id").
		keys("a", "y").sees("create all of 2 marked offers copied")
	want := "runcrate instances create --name \"${NAME:?}-1\" --type-id cheap-l4 --gpu-count 1\nruncrate instances " +
		"create --name \"${NAME:?}-2\" --type-id one-h100 --gpu-count 1"
	if len(r.copied) != 1 || r.copied[0] != want {
		t.Errorf("%q", r.copied)
	}
	// The menu opens with the form that was chosen last; arrows and letters choose another one.
	r.keys("Y").sees("as create all").keys("right").sees("as id").keys("left", "left").sees("as Python").keys("esc").
		seesNot("Markdown").keys("Y", "r", "enter")
	if !strings.Contains(r.copied[1], "runcrate") {
		t.Errorf("%q", r.copied)
	}
}

// An id that is not safe in a command is not copied in any form.
func TestCopyAsRefusesUnsafeIDs(t *testing.T) {
	hostile := rowsOf("x;rm L4 | | us-east-1")
	r := newRig(t, 120, 24, whole(append(hostile, five...))).keys("j", "Y").sees("Not copied")
	if r.m.focus != onTable {
		t.Error("the menu is open")
	}
	r.keys("space", "k", "k", "space", "Y").sees("Not copied")
	// A row that a load has removed is not copied either.
	r = newRig(t, 120, 24, whole(five), whole(five[1:])).keys("Y")
	r.send(tea.WindowSizeMsg{Width: 100, Height: 24})
	cmd := r.m.reload()
	r.run(cmd)
	r.keys("enter")
	if len(r.copied) > 0 {
		t.Errorf("copied %q", r.copied)
	}
	newRig(t, 80, 24, whole(nil)).keys("Y").seesNot("Markdown")
}

// No form contains the value of a key, even if the environment has one.
func TestCopyFormsContainNoAPIKey(t *testing.T) {
	t.Setenv("RUNCRATE_API_KEY", "rc_live_canary")
	r := newRig(t, 80, 24, whole(five))
	for _, c := range export.Copies {
		text, err := c.Text(r.m.list.catalog.Rows().List())
		if err != nil || strings.Contains(text, "rc_live") {
			t.Errorf("%s: %v: %s", c.Title, err, text)
		}
	}
	bad := api.InstanceType{ID: "$(x)"}
	r = newRig(t, 80, 24, whole([]api.InstanceType{bad}))
	for _, c := range export.Copies {
		text, err := c.Text(r.m.list.catalog.Rows().List())
		command := slices.Contains([]string{"id", "runcrate create", "curl", "Python"}, c.Title)
		if command && (err == nil || strings.Contains(text, "$(x)")) {
			t.Errorf("%s: %v: %s", c.Title, err, text)
		}
	}
}

func TestCommand(t *testing.T) {
	r := newRig(t, 80, 24, whole(five)).keys("/", "type:h100 price<5", "enter", "s", "m", ":").
		sees("The command that lists these offers", "gpupick --filter 'gpu:h100 price<5' --sort -mem")
	r.keys("y").sees("the command copied")
	if len(r.copied) != 1 || r.copied[0] != "gpupick --filter 'gpu:h100 price<5' --sort -mem" {
		t.Errorf("%q", r.copied)
	}
	// Terms that are not applied are left out; if only marked rows are shown, the filter is their ids.
	newRig(t, 120, 24, whole(five)).keys("/", "type:h100 pric", "enter", ":").
		sees("gpupick --filter gpu:h100 --sort price")
	newRig(t, 120, 24, whole(five)).keys("/", "type:h100 price<", "enter", ":").
		sees("gpupick --filter gpu:h100 --sort price")
	newRig(t, 120, 24, whole(five)).keys("space", "space", "t", ":").
		sees(`gpupick --filter 'id="cheap-l4","mid-a100"' --sort price`)
	r = prepared(t, func(o *Options) {
		o.File, o.Ask = "my list.json", api.Ask{GPUType: "H100", GPUCount: 8, Region: ", US"}
	}, whole(five))
	r.start(160, 24)
	r.keys(":").sees("gpupick --file 'my list.json' --gpu H100:8 --region ', US' --sort price")
}

// Space switches between the marked offers, this one, this one and its closest, and all that are shown.
// The title says what the form does with them.
func TestCopyAsChoosesTheOffers(t *testing.T) {
	r := newRig(t, 120, 40, whole(five)).keys("j", "j", "Y", "r").
		sees("copy one-h100 as runcrate create · creates it, $2.00/h")
	r.keys("space").sees("copy this offer and the closest ones as runcrate create · creates one of 2, up to $4.00/h")
	r.keys("space").sees("copy the 5 offers shown as runcrate create · creates one of 5, up to $8.00/h").keys("a").
		sees("creates all 5, $16.00/h")
	r.keys("c", "enter").sees("CSV of the 5 offers shown copied")
	if lines := strings.Count(r.copied[0], "\n"); lines != 5 {
		t.Errorf("%q", r.copied[0])
	}
	r.keys("k", "space", "k", "Y", "c").sees("copy the marked offer as CSV").keys("space").sees("copy mid-a100 as CSV").
		keys("space", "space").sees("copy the marked offer as CSV")
	newRig(t, 120, 40, whole(five[:1])).keys("Y").seesNot("which offers").keys("space").sees("copy cheap-l4 as id")
}

// The text can be written to a file, too.
func TestCopyAsToAFile(t *testing.T) {
	saved := map[string]string{}
	r := prepared(t, func(o *Options) {
		o.SaveFile = func(name, text string) (string, error) {
			if _, there := saved[name]; there {
				return "", errors.New(name + " already exists")
			}
			saved[name] = text
			return name, nil
		}
	}, whole(five))
	r.start(100, 30)
	r.keys("Y", "c", "w").sees("write to gpupick.csv█", "enter write").keys("ctrl+u", "enter").
		sees("A file needs a name")
	r.keys("type:my offers.csv", "enter").sees("Written to my offers.csv")
	if text := saved["my offers.csv"]; !strings.HasPrefix(text, "id,gpu_type") || !strings.HasSuffix(text, "\n") {
		t.Errorf("%q", text)
	}
	r.keys("Y", "w", "ctrl+u", "paste:my offers.csv", "enter").sees("Not written: my offers.csv already exists")
	r.keys("Y", "w", "esc").sees("enter copy").keys("esc")
	newRig(t, 100, 30, whole(five)).keys("Y", "w", "enter").sees("Files cannot be written here")
}

// The key map reserves the letter of every format, so that no action of the menu is bound to one.
func TestLettersOfFormatsAreReserved(t *testing.T) {
	for _, f := range export.Copies {
		if !slices.Contains(keymap.CopyLetters.Keys(), string(f.Letter)) {
			t.Errorf("%q is the letter of %s", f.Letter, f.Title)
		}
	}
}
