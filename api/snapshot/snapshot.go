// Package snapshot keeps the last good answer of the service on disk, so that
// the first frame already has rows, and so that there are rows to look at
// without a network.
//
// A file holds one list: a header line, and the rows in the JSON of the service.
// The header has the fingerprint of the address, the account and the ask
// (api.Client.Fingerprint). It is a keyed hash: neither the file nor its name
// contains the key. The header also has the length and the hash of the rows, so
// that a truncated or changed file is detected. A file that cannot be used, for
// whatever reason, is replaced after the next load; the user is not bothered
// with it.
package snapshot

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gpupick/api"
	"gpupick/api/wholefile"
)

const (
	version        = 1
	maxListBytes   = 64 << 20 // bytes; a larger list is not kept
	maxHeaderBytes = 4 << 10  // bytes of the first line
	maxFiles       = 8        // files: one per account, address and ask
)

// ErrNone says that no answer has been saved yet. That is not a failure.
var ErrNone = errors.New("no answer is kept yet")

// Store is the folder in which answers are kept.
type Store struct {
	Dir string // empty: nothing can be saved
	Now func() time.Time
}

// head is the first line of a file.
type head struct {
	Version int       `json:"gpupick_answer"`
	Of      string    `json:"of"` // the fingerprint
	At      time.Time `json:"at"`
	Rows    int       `json:"rows"`
	Dropped int       `json:"dropped"`
	Remark  string    `json:"remark"`
	Bytes   int       `json:"bytes"`
	Hash    string    `json:"sha256"`
}

func (s Store) path(fingerprint string) string {
	return filepath.Join(s.Dir, "answer-"+fingerprint+".json")
}

// Load reads the list that was saved under a fingerprint. It fails with ErrNone
// if there is no file, and with the reason if the file must not be used.
func (s Store) Load(fingerprint string) (api.List, error) {
	if s.Dir == "" {
		return api.List{}, ErrNone
	}
	f, err := openOwn(s.path(fingerprint))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return api.List{}, ErrNone
	case err != nil:
		return api.List{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return api.List{}, err
	}
	if err := check(info); err != nil {
		return api.List{}, err
	}
	return s.read(io.LimitReader(f, maxListBytes+maxHeaderBytes+1), int(info.Size()), fingerprint)
}

// check returns why a file must not be used: its type, owner, permissions or size.
func check(info fs.FileInfo) error {
	switch {
	case !info.Mode().IsRegular():
		return errors.New("not a file")
	case !ownedByUser(info):
		return errors.New("another user's")
	case othersMayWrite(info):
		return errors.New("others may write to it")
	case info.Size() > maxListBytes+maxHeaderBytes:
		return errors.New("too large")
	}
	return nil
}

// read reads a file of about size bytes.
func (s Store) read(r io.Reader, size int, fingerprint string) (api.List, error) {
	all := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead)) // the capacity saves copying
	if _, err := all.ReadFrom(r); err != nil {
		return api.List{}, err
	}
	line, body, whole := bytes.Cut(all.Bytes(), []byte("\n"))
	var h head
	if !whole || json.Unmarshal(line, &h) != nil {
		return api.List{}, errors.New("not one of our files")
	}
	sum := sha256.Sum256(body)
	switch {
	case h.Version != version:
		return api.List{}, errors.New("of another version")
	case h.Of != fingerprint:
		return api.List{}, errors.New("of another account, address or question")
	case h.Bytes != len(body) || h.Hash != hex.EncodeToString(sum[:]):
		return api.List{}, errors.New("cut or changed")
	case h.At.After(s.Now()):
		return api.List{}, errors.New("from the future")
	}
	page, err := api.Decode(body)
	if err != nil || page.Rows.Len() != h.Rows || page.Dropped > 0 || h.Dropped < 0 {
		return api.List{}, errors.New("not what it says it is")
	}
	return api.List{Rows: page.Rows, Dropped: h.Dropped, Remark: api.CleanText(h.Remark), At: h.At}, nil
}

// Save saves a list under a fingerprint. It replaces the list that was saved before.
func (s Store) Save(fingerprint string, list api.List) error {
	return s.SaveRows(fingerprint, list, list.Rows.All())
}

// SaveRows is Save with rows in place of list.Rows.
func (s Store) SaveRows(fingerprint string, list api.List, rows iter.Seq[api.InstanceType]) error {
	if s.Dir == "" {
		return errors.New("there is no home directory")
	}
	// The rows are encoded twice, the first time only for their number, size and hash: the
	// whole encoded list is never in memory.
	hash, size, number := sha256.New(), counter(0), 0
	counted := func(yield func(api.InstanceType) bool) {
		rows(func(it api.InstanceType) bool { number++; return yield(it) })
	}
	err := api.Encode(io.MultiWriter(hash, &size), counted, "")
	if size > maxListBytes {
		return fmt.Errorf("it is larger than %d MB", maxListBytes>>20)
	}
	if err != nil {
		return err
	}
	line, err := json.Marshal(head{Version: version, Of: fingerprint, At: list.At, Rows: number,
		Dropped: list.Dropped,
		Remark:  list.Remark, Bytes: int(size), Hash: hex.EncodeToString(hash.Sum(nil))})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return reason(err)
	}
	err = wholefile.Write(s.path(fingerprint), 0o600, func(f io.Writer) error {
		w := bufio.NewWriter(f)
		_, _ = w.Write(append(line, '\n')) // Flush reports the error
		if err := api.Encode(w, rows, ""); err != nil {
			return err
		}
		return w.Flush()
	})
	if err != nil {
		return reason(err)
	}
	s.prune()
	return nil
}

// counter counts the bytes written to it. It fails once they are more than a file may have.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	if *c += counter(len(p)); *c > maxListBytes {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// prune removes the oldest files beyond keepMost, and what killed writers left behind.
func (s Store) prune() {
	wholefile.Sweep(s.Dir, s.Now())
	entries, err := os.ReadDir(s.Dir)
	if err != nil {
		return
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), "answer-") || !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, old := range files[min(maxFiles, len(files)):] {
		_ = os.Remove(filepath.Join(s.Dir, old.Name()))
	}
}

// reason returns the cause of a file error without the path.
func reason(err error) error {
	var pe *fs.PathError
	var le *os.LinkError
	switch {
	case errors.As(err, &pe):
		return pe.Err
	case errors.As(err, &le):
		return le.Err
	}
	return err
}
