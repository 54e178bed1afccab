package export

import (
	"fmt"
	"io"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
)

// What makes instances of rows: a command line, a request, a program. A key is
// never in it, only the name of the variable that holds one; so are the names
// that the instances get. Ids that are not safe in a command are left out.

// service is where instances are made: POST /instances takes name,
// instance_type_id and gpu_count (runcrate.ai/docs/api-reference/instances).
const service = "https://runcrate.ai/api/v1/instances"

// eachSafe calls write for every row whose id is safe in a command, with what its
// instance is called: of several, they are numbered.
func eachSafe(rows []*catalog.Row, write func(r *catalog.Row, number string) error) error {
	unsafe := 0
	for i, r := range rows {
		if api.CheckID(r.ID) != nil {
			unsafe++
			continue
		}
		number := ""
		if len(rows) > 1 {
			number = fmt.Sprintf("-%d", i+1)
		}
		if err := write(r, number); err != nil {
			return err
		}
	}
	if unsafe > 0 {
		return &UnsafeID{Rows: unsafe}
	}
	return nil
}

// atLeastOne reports whether an offer has a number of GPUs that can be asked for.
func atLeastOne(r *catalog.Row) bool { return r.GPUCount.Known && r.GPUCount.Value >= 1 }

// writeCreate writes the official command line's call.
func writeCreate(w io.Writer, rows []*catalog.Row) error {
	return eachSafe(rows, func(r *catalog.Row, number string) error {
		count := ""
		if atLeastOne(r) {
			count = fmt.Sprintf(" --gpu-count %d", r.GPUCount.Value)
		}
		_, err := fmt.Fprintf(w, "runcrate instances create --name \"${NAME:?}%s\" --type-id %s%s\n", number, r.ID, count)
		return err
	})
}

// writeCurl writes the request that makes the instance.
func writeCurl(w io.Writer, rows []*catalog.Row) error {
	return eachSafe(rows, func(r *catalog.Row, number string) error {
		count := ""
		if atLeastOne(r) {
			count = fmt.Sprintf(`,"gpu_count":%d`, r.GPUCount.Value)
		}
		_, err := fmt.Fprintf(w, `curl -sS %s \
  -H "Authorization: Bearer $RUNCRATE_API_KEY" -H 'Content-Type: application/json' \
  -d '{"name":"'"${NAME:?}"'%s","instance_type_id":"%s"%s}'
`, service, number, r.ID, count)
		return err
	})
}

// writePython writes a program for the service's own package, runcrate-sdk, which
// finds the key by itself.
func writePython(w io.Writer, rows []*catalog.Row) error {
	head := `import os
from runcrate import Runcrate

with Runcrate() as client:  # the key is RUNCRATE_API_KEY
`
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	return eachSafe(rows, func(r *catalog.Row, number string) error {
		name := `os.environ["NAME"]`
		if number != "" {
			name += fmt.Sprintf(" + %q", number)
		}
		call := []string{"name=" + name, `ssh_key_id=os.environ["SSH_KEY_ID"]`, fmt.Sprintf("instance_type_id=%q", r.ID)}
		if atLeastOne(r) {
			call = append(call, fmt.Sprintf("gpu_count=%d", r.GPUCount.Value))
		}
		_, err := fmt.Fprintf(w, "    client.instances.create(%s)\n", strings.Join(call, ", "))
		return err
	})
}
