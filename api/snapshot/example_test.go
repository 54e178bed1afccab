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
	saved := api.List{Rows: api.RowsOf(api.InstanceType{ID: "a"}), At: time.Now()}
	if err := store.Save("one-account", saved); err != nil {
		fmt.Println(err)
	}
	list, err := store.Load("one-account")
	fmt.Println(list.Rows.ID(0), err)
	_, err = store.Load("another")
	fmt.Println(errors.Is(err, snapshot.ErrNone))
	// Output:
	// a <nil>
	// true
}
