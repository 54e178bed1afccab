package cli

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"gpupick/api"
	"gpupick/api/apitest"
	"gpupick/tui"
)

// liveOn is the service behind a handler.
func liveOn(t *testing.T, h http.Handler) live {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	base, err := api.ParseBase(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := api.NewClient(api.Config{Base: base, Credentials: api.NewCredentials("rc_live_test", "a test")}, api.Options{Pause: 1})
	t.Cleanup(client.Close)
	return live{Client: client}
}

// The first question is asked before anybody wants to know, and once; what comes
// after it is asked as ever.
func TestHeadStart(t *testing.T) {
	server, err := apitest.New([]byte(`[{"id":"a"},{"id":"b"},{"id":"c"}]`), "rc_live_test", 2)
	if err != nil {
		t.Fatal(err)
	}
	server.Then(apitest.Status(503, ""))
	l, ask := liveOn(t, server), api.Ask{GPUCount: 1}
	opens := 0
	open := withHeadStart(t.Context(), l, ask, func() (tui.Source, error) { opens++; return l, nil })
	source, err := open()
	if err != nil || opens != 0 {
		t.Fatal(err, opens)
	}
	h := source.(*headStart)
	other, err := h.Stream(t.Context(), api.Ask{}, "", func(api.Wait) {}, nil) // another question does not get the answer to this one
	if err != nil || len(other.Rows) != 2 {
		t.Fatalf("%+v, %v", other, err)
	}
	pauses := 0
	first, err := h.Stream(t.Context(), ask, "", func(api.Wait) { pauses++ }, func([]api.InstanceType, bool) {})
	if err != nil || len(first.Rows)+first.Told != 0 || pauses+len(server.Asked()) < 3 {
		t.Fatalf("%+v, %v, %d pauses, asked %q", first, err, pauses, server.Asked())
	}
	asked := len(server.Asked())
	if _, err := h.Stream(t.Context(), ask, "", func(api.Wait) {}, nil); err != nil || len(server.Asked()) != asked+1 {
		t.Errorf("a second time: %v, asked %q", err, server.Asked())
	}
	if _, err := open(); err != nil || opens != 1 {
		t.Error("the next load does not open anew")
	}
}

func TestHeadStartIsBrokenOff(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	l := liveOn(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(arrived)
		<-release
	}))
	source, _ := withHeadStart(t.Context(), l, api.Ask{}, nil)()
	<-arrived
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := source.(*headStart).Stream(ctx, api.Ask{}, "", nil, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
