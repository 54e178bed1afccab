package snapshot_test

import (
	"errors"
	"fmt"
	"os"
	"time"

	"gpupick/api"
	"gpupick/api/snapshot"
)

func ExampleStore() {
	dir, _ := os.MkdirTemp("", "gpupick")
	defer func() { _ = os.RemoveAll(dir) }()
	store := snapshot.Store{Dir: dir, Now: time.Now}
	if err := store.Save("one-account", api.List{Rows: []api.InstanceType{{ID: "a"}}, At: time.Now()}); err != nil {
		fmt.Println(err)
	}
	list, err := store.Load("one-account")
	fmt.Println(list.Rows[0].ID, err)
	_, err = store.Load("another")
	fmt.Println(errors.Is(err, snapshot.ErrNone))
	// Output:
	// a <nil>
	// true
}
