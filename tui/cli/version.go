package cli

import "runtime/debug"

// version returns the released version, or "development", with the commit if it is known;
// "unknown" without build information.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v, commit, date, dirty := info.Main.Version, "", "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case "vcs.time":
			date = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				dirty = ", modified"
			}
		}
	}
	if v == "" || v == "(devel)" {
		v = "development"
	}
	if commit == "" {
		return v
	}
	return v + " (" + commit + ", " + date + dirty + ")"
}
