// Command serve runs the contract server with a file of rows, to try gpupick
// against it:
//
//	go run ./api/apitest/serve -page 500 rows.json
//	RUNCRATE_API_URL=http://127.0.0.1:PORT RUNCRATE_API_KEY=rc_live_test gpupick
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"time"

	"gpupick/api/apitest"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "where to listen")
	page := flag.Int("page", 0, "rows a page; 0 is all in one")
	key := flag.String("key", "rc_live_test", "the key that is let in")
	rows := flag.Int("rows", 0, "make so many rows of those in the file; 0 is just those")
	delay := flag.Duration("delay", 0, "how long each answer takes")
	flag.Parse()
	body, err := os.ReadFile(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	if *rows > 0 {
		if body, err = apitest.Many(body, *rows); err != nil {
			log.Fatal(err)
		}
	}
	srv, err := apitest.New(body, *key, *page)
	if err != nil {
		log.Fatal(err)
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s\n", l.Addr())
	log.Fatal(http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(*delay)
		srv.ServeHTTP(w, r)
	})))
}
