package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gpupick/api/yamlfile"
	"gpupick/keymap"
	"gpupick/styles"
	"gpupick/tui"
	"gpupick/tui/clipboard"
	"gpupick/tui/settings"
)

// choices are the values that the settings accept.
var choices = settings.Choices{Themes: styles.Names(), Clipboards: clipboard.Modes, Columns: tui.ColumnNames()}

// settingsPath returns the path of the user's settings and its short form for messages;
// both are empty if there is no directory for settings.
func (r *run) settingsPath() (path, shown string) {
	dir := r.environ.Config()
	if dir == "" {
		return "", ""
	}
	path, home := filepath.Join(dir, "config.yaml"), r.environ.Home()
	if rest, below := strings.CutPrefix(path, home+string(filepath.Separator)); below && home != "" {
		return path, "~" + string(filepath.Separator) + rest
	}
	return path, path
}

// applySettings applies the user's settings where no flag was given. They are read on
// every run, so that mistakes in them are found; but printed output must not depend on
// them, so their sort order applies only to the screen.
func (r *run) applySettings() error {
	f := &r.flags
	f.keys = keymap.Default()
	path, shown := r.settingsPath()
	if path == "" {
		return nil
	}
	s, err := settings.Load(path, shown, choices)
	if err != nil {
		return usage("%w", err)
	}
	f.columns = s.Columns
	if s.Keys != nil {
		f.keys = *s.Keys
	}
	if s.Theme != "" && !f.given("theme") {
		f.theme, f.themed = s.Theme, true
	}
	if s.Clipboard != "" && !f.given("clipboard") {
		f.clipboard = s.Clipboard
	}
	if printing := f.output != "" || f.json || f.wait ||
		r.environ.Getenv("TERM") == "dumb"; s.Sort != "" && !f.given("sort") && !printing {
		f.sort = s.Sort
	}
	if !f.given("refresh") && !f.wait {
		f.refresh = s.Refresh
	}
	f.noHistory = s.NoHistory
	if !f.given("mouse") {
		f.mouse = s.Mouse
	}
	return nil
}

// columnsSaver returns the function that writes columns to the settings; nil if there is no directory
// for them.
func (r *run) columnsSaver() func([]string) (string, error) {
	path, shown := r.settingsPath()
	if path == "" {
		return nil
	}
	return func(names []string) (string, error) {
		return shown, r.disk.write(func() error { return settings.SaveColumns(path, shown, names, choices) })
	}
}

// saveFile writes text to a new file that only its owner can read, and returns the file's path. It does
// not overwrite a file.
func (r *run) saveFile(name, text string) (string, error) {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && r.environ.Home() != "" {
		name = filepath.Join(r.environ.Home(), rest)
	}
	err := r.disk.write(func() error {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		_, err = f.WriteString(text)
		return errors.Join(err, f.Close())
	})
	switch {
	case errors.Is(err, fs.ErrExist):
		return "", fmt.Errorf("%s already exists", name)
	case err != nil:
		return "", fmt.Errorf("%s: %s", name, yamlfile.Cause(err))
	}
	return name, nil
}
