package apitest_test

import (
	"context"
	"fmt"

	"gpupick/api"
	"gpupick/api/apitest"
)

// The client loads a page from a server that fails once and then keeps the contract.
func Example() {
	server, err := apitest.New([]byte(`[{"id": "a", "gpu_type": "L4"}, {"id": "b"}]`), "rc_live_test", 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	server.Then(apitest.Status(503, "busy"))
	origin, stop, err := apitest.Listen(server)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer stop()
	base, _ := api.ParseBase(origin)
	client := api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials("rc_live_test", "an example")},
		api.Options{Pause: 1})
	defer client.Close()
	page, err := client.Page(context.Background(), api.Ask{}, "", nil)
	fmt.Println(page.Rows.Len(), page.HasMore, err, len(server.Asked()))
	// Output: 1 true <nil> 2
}
