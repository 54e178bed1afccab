package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gpupick/api"
)

// TestMain is also the program that a test kills while it writes: with WRITE_TO set,
// it saves one list after another in that folder.
func TestMain(m *testing.M) {
	dir := os.Getenv("WRITE_TO")
	if dir == "" {
		goleak.VerifyTestMain(m)
		return
	}
	s := Store{Dir: dir, Now: time.Now}
	for i := 0; ; i++ {
		if err := s.Save(testFingerprint, listOf(100+i%400)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		if i == 0 {
			fmt.Println("writing")
		}
	}
}

const testFingerprint = "0123456789abcdef0123456789abcdef"

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// listOf returns a list of n rows with every kind of odd value.
func listOf(n int) api.List {
	l := api.List{Dropped: 3, Remark: "there is more", At: noon}
	for i := range n {
		row := api.InstanceType{ID: "id-" + strconv.Itoa(i), GPUType: "H100 SXM", GPUCount: api.Some(int64(i % 9)),
			MemoryGB: api.Some(int64(1800)), Region: "Türkiye <&>",
			HourlyRate: api.Some(api.TidyRate(0.3698 * float64(i)))}
		switch i % 4 {
		case 0:
			row.Region, row.DeploymentType = "", "vm"
		case 1:
			row.GPUCount, row.HourlyRate = api.Optional[int64]{}, api.Optional[float64]{}
		case 2:
			row.GPUType = api.CleanText("a\x1b[31mb\u202e")
		}
		l.Rows.Add(&row)
	}
	return l
}

func store(t *testing.T) Store {
	return Store{Dir: filepath.Join(t.TempDir(), "gpupick"), Now: func() time.Time { return noon.Add(time.Hour) }}
}

func (s Store) mustSave(t *testing.T, l api.List) string {
	t.Helper()
	if err := s.Save(testFingerprint, l); err != nil {
		t.Fatal(err)
	}
	return s.path(testFingerprint)
}

func TestLoadReturnsTheSavedList(t *testing.T) {
	for _, n := range []int{0, 1, 500} {
		s := store(t)
		if _, err := s.Load(testFingerprint); !errors.Is(err, ErrNone) {
			t.Errorf("before: %v", err)
		}
		path := s.mustSave(t, listOf(n))
		have, err := s.Load(testFingerprint)
		want := listOf(n)
		if err != nil || !slices.Equal(slices.Collect(have.Rows.All()), slices.Collect(want.Rows.All())) ||
			have.Remark != want.Remark || !have.At.Equal(want.At) {
			t.Errorf("%d rows: %v, %d rows, %+v", n, err, have.Rows.Len(), have.At)
		}
		for what, mode := range map[string]os.FileMode{path: 0o600, s.Dir: 0o700} {
			if info, err := os.Stat(what); err != nil || info.Mode().Perm() != mode {
				t.Errorf("%s: %v, %v", what, info.Mode(), err)
			}
		}
	}
}

func TestAListThatIsTooLargeIsNotSaved(t *testing.T) {
	s, given := store(t), 0
	err := s.SaveRows(testFingerprint, api.List{At: noon}, func(yield func(api.InstanceType) bool) {
		for range 1000 {
			if given++; !yield(api.InstanceType{ID: "a", GPUType: strings.Repeat("x", 1<<20)}) {
				return
			}
		}
	})
	if err == nil || err.Error() != "it is larger than 64 MB" || given > 70 {
		t.Errorf("%v after %d rows", err, given)
	}
	if _, err := s.Load(testFingerprint); !errors.Is(err, ErrNone) {
		t.Errorf("afterwards: %v", err)
	}
}

func TestSaveReplacesTheListSavedBefore(t *testing.T) {
	s := store(t)
	s.mustSave(t, listOf(5))
	s.mustSave(t, listOf(3))
	if l, err := s.Load(testFingerprint); err != nil || l.Rows.Len() != 3 {
		t.Errorf("%d rows, %v", l.Rows.Len(), err)
	}
	if left, _ := os.ReadDir(s.Dir); len(left) != 1 {
		t.Errorf("%v", left)
	}
}

func TestFaultSnapshotsThatMustNotBeUsed(t *testing.T) {
	good := func(t *testing.T) []byte {
		body, err := os.ReadFile(store(t).mustSave(t, listOf(20)))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	put := func(t *testing.T, path string, body []byte) {
		if err := errors.Join(os.Remove(path), os.WriteFile(path, body, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		make func(t *testing.T, s Store, path string)
		why  string
	}{
		{"cut", func(t *testing.T, _ Store, path string) { b := good(t); put(t, path, b[:len(b)-7]) },
			"cut or changed"},
		{"cut in the first line", func(t *testing.T, _ Store, path string) { put(t, path, good(t)[:20]) },
			"not one of our files"},
		{"empty", func(t *testing.T, _ Store, path string) { put(t, path, nil) }, "not one of our files"},
		{"a changed price", func(t *testing.T, _ Store, path string) {
			put(t, path, bytes.Replace(good(t), []byte("0.7396"), []byte("0.0396"), 1))
		}, "cut or changed"},
		{"something else", func(t *testing.T, _ Store, path string) { put(t, path, []byte("\x00\x01\x02\nhello")) },
			"not one of our files"},
		{"of another version", func(t *testing.T, _ Store, path string) {
			put(t, path, bytes.Replace(good(t), []byte(`"gpupick_answer":1`), []byte(`"gpupick_answer":2`), 1))
		}, "of another version"},
		{"another account's, under this name", func(t *testing.T, _ Store, path string) {
			put(t, path, bytes.Replace(good(t), []byte(testFingerprint), []byte(strings.Repeat("f", 32)), 1))
		}, "of another account, address or question"},
		{"from the future", func(t *testing.T, s Store, _ string) {
			l := listOf(20)
			l.At = noon.Add(2 * time.Hour)
			s.mustSave(t, l)
		}, "from the future"},
		{"with a wrong number of rows", func(t *testing.T, _ Store, path string) {
			put(t, path, bytes.Replace(good(t), []byte(`"rows":20`), []byte(`"rows":21`), 1))
		}, "not what it says it is"},
		{"too large", func(t *testing.T, _ Store, path string) {
			if err := os.Truncate(path, maxListBytes+maxHeaderBytes+1); err != nil {
				t.Fatal(err)
			}
		}, "too large"},
		{"a link", func(t *testing.T, _ Store, path string) {
			other := path + ".other"
			if err := errors.Join(os.Rename(path, other), os.Symlink(other, path)); err != nil {
				t.Fatal(err)
			}
		}, "too many levels of symbolic links"},
		{"a directory", func(t *testing.T, _ Store, path string) {
			if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
				t.Fatal(err)
			}
		}, "not a file"},
		{"writable by others", func(t *testing.T, _ Store, path string) {
			if err := os.Chmod(path, 0o622); err != nil {
				t.Fatal(err)
			}
		}, "others may write to it"},
		{"another user's", func(t *testing.T, _ Store, path string) {
			if err := os.Chown(path, 12345, -1); err != nil {
				t.Log("only root can give a file away; this user cannot make the case:", err)
				put(t, path, nil)
			}
		}, "another user's"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := store(t)
			path := s.mustSave(t, listOf(20))
			c.make(t, s, path)
			l, err := s.Load(testFingerprint)
			if err == nil || errors.Is(err, ErrNone) || l.Rows.Len() != 0 ||
				!strings.Contains(err.Error(), c.why) && !(c.name == "another user's" && os.Getuid() != 0) {
				t.Fatalf("%d rows, %v; want %s", l.Rows.Len(), err, c.why)
			}
			if c.name == "a directory" {
				return // a directory is not replaced: it may be somebody's
			}
			s.mustSave(t, listOf(4)) // replaces the unusable file
			if l, err := s.Load(testFingerprint); err != nil || l.Rows.Len() != 4 {
				t.Errorf("written anew: %d rows, %v", l.Rows.Len(), err)
			}
		})
	}
}

// A symbolic link in place of the file is replaced; its target is left alone.
func TestSaveReplacesASymlinkNotItsTarget(t *testing.T) {
	s := store(t)
	path := s.mustSave(t, listOf(1))
	precious := filepath.Join(t.TempDir(), "precious")
	if err := errors.Join(os.WriteFile(precious, []byte("mine"), 0o644), os.Remove(path),
		os.Symlink(precious, path)); err != nil {
		t.Fatal(err)
	}
	s.mustSave(t, listOf(2))
	if body, _ := os.ReadFile(precious); string(body) != "mine" {
		t.Errorf("%q", body)
	}
}

func TestFaultUnusableFolder(t *testing.T) {
	for dir, want := range map[string]string{"": "there is no home directory", "/dev/null/x": "not a directory",
		"/proc/gpupick": "no such file or directory"} {
		s := Store{Dir: dir, Now: time.Now}
		if err := s.Save(testFingerprint, listOf(1)); err == nil || err.Error() != want {
			t.Errorf("%q: %v", dir, err)
		}
		if _, err := s.Load(testFingerprint); err == nil {
			t.Errorf("%q: loaded", dir)
		}
	}
}

func TestFaultTheDiskIsFull(t *testing.T) {
	dir := t.TempDir()
	// The shell's limit on the size of files simulates a full disk.
	cmd := exec.Command("sh", "-c", `ulimit -f 8; exec "$0"`, os.Args[0])
	cmd.Env = append(os.Environ(), "WRITE_TO="+dir)
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "file too large") {
		t.Fatalf("%v: %s", err, out)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("it leaves %v", left)
	}
}

// Whenever the program is killed, the file is complete or absent. GPUPICK_KILLS is
// the number of kills.
func TestFaultKilledWhileItWrites(t *testing.T) {
	kills, _ := strconv.Atoi(os.Getenv("GPUPICK_KILLS"))
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 1))
	if kills == 0 {
		kills = 10
	}
	absent := 0
	for i := range kills {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "WRITE_TO="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		began := make(chan struct{})
		go func() { // the program prints once its first file exists; every other kill may come earlier
			defer close(began)
			_, _ = out.Read(make([]byte, 8))
		}()
		if i%2 == 0 {
			<-began
		}
		timer := time.NewTimer(time.Duration(rnd.IntN(20_000)) * time.Microsecond)
		<-timer.C
		_ = cmd.Process.Kill()
		<-began
		_ = cmd.Wait()
		l, err := Store{Dir: dir, Now: time.Now}.Load(testFingerprint)
		switch {
		case errors.Is(err, ErrNone):
			absent++
		case err != nil || l.Rows.Len() < 100:
			t.Fatalf("killed, it leaves half a file: %d rows, %v", l.Rows.Len(), err)
		}
		if i%2 == 0 && errors.Is(err, ErrNone) {
			t.Fatal("the file that was there is gone")
		}
	}
	t.Logf("killed %d times; in %d of them before the first file", kills, absent)
}

func TestConcurrentSavesNeverLeaveAPartialFile(t *testing.T) {
	s := store(t)
	s.mustSave(t, listOf(1))
	done := make(chan error, 4)
	for w := range 4 {
		go func() {
			var err error
			for i := range 10 {
				err = errors.Join(err, s.Save(testFingerprint, listOf(10+10*w+i)))
			}
			done <- err
		}()
	}
	for ended := 0; ended < 4; {
		select {
		case err := <-done:
			if ended++; err != nil {
				t.Error(err)
			}
		default:
			if _, err := s.Load(testFingerprint); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestOldFilesAreRemoved(t *testing.T) {
	s := store(t)
	for i := range 2 * maxFiles {
		if err := s.Save(fmt.Sprintf("%032x", i), listOf(1)); err != nil {
			t.Fatal(err)
		}
		at := noon.Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(s.path(fmt.Sprintf("%032x", i)), at, at); err != nil {
			t.Fatal(err)
		}
	}
	stale, young, foreign := filepath.Join(s.Dir, ".gpupick-1.tmp"), filepath.Join(s.Dir, ".gpupick-2.tmp"),
		filepath.Join(s.Dir, "started")
	for _, path := range []string{stale, young, foreign} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := s.Now().Add(-2 * time.Hour)
	if err := errors.Join(os.Chtimes(stale, old, old), os.Chtimes(young, s.Now(), s.Now()),
		os.Chtimes(foreign, old, old)); err != nil {
		t.Fatal(err)
	}
	s.mustSave(t, listOf(1))
	left, err := os.ReadDir(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	answers := 0
	for _, e := range left {
		if strings.HasPrefix(e.Name(), "answer-") {
			answers++
		}
	}
	if _, err := os.Stat(stale); answers != maxFiles || !os.IsNotExist(err) {
		t.Errorf("%d answers, %v", answers, err)
	}
	for _, path := range []string{young, foreign, s.path(testFingerprint)} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

// Whatever the file contains, reading it never panics, and every id that is read is
// clean and not empty.
func FuzzSnapshot(f *testing.F) {
	s := Store{Dir: f.TempDir(), Now: func() time.Time { return noon.Add(time.Hour) }}
	if err := s.Save(testFingerprint, listOf(2)); err != nil {
		f.Fatal(err)
	}
	body, err := os.ReadFile(s.path(testFingerprint))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add(body[:50])
	f.Fuzz(func(t *testing.T, in []byte) {
		l, err := s.read(bytes.NewReader(in), len(in), testFingerprint)
		if err == nil && !bytes.Equal(in, body) {
			for r := range l.Rows.All() {
				if api.CleanText(r.ID) != r.ID || r.ID == "" {
					t.Fatalf("%q is loaded", r.ID)
				}
			}
		}
	})
}
