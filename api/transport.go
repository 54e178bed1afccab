package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"golang.org/x/net/http/httpproxy"
)

func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  proxy(),
		DialContext:            (&net.Dialer{Timeout: dialBudget}).DialContext,
		TLSHandshakeTimeout:    tlsBudget,
		ResponseHeaderTimeout:  headerBudget,
		MaxResponseHeaderBytes: headersBudget,
		ForceAttemptHTTP2:      true,
		IdleConnTimeout:        time.Minute,
		OnProxyConnectResponse: proxyAnswered,
		ReadBufferSize:         readAhead,
	}
}

// proxy returns the proxy of the environment for a request, as net/http finds it; where that names none, ALL_PROXY
// does, as for curl.
func proxy() func(*http.Request) (*url.URL, error) {
	config := httpproxy.FromEnvironment()
	all := cmp.Or(os.Getenv("ALL_PROXY"), os.Getenv("all_proxy"))
	config.HTTPProxy, config.HTTPSProxy = cmp.Or(config.HTTPProxy, all), cmp.Or(config.HTTPSProxy, all)
	find := config.ProxyFunc()
	return func(r *http.Request) (*url.URL, error) { return find(r.URL) }
}

// proxyAnswered turns a proxy's refusal into a NetworkError; net/http would keep
// only the text after the status code.
func proxyAnswered(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &NetworkError{What: fmt.Sprintf("the proxy %s refused to connect (%d)", proxy.Host, answer.StatusCode),
		Do:  seeProxy,
		Err: errors.New("refused by the proxy"), Temporary: answer.StatusCode >= 500}
}
