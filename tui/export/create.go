package export

import (
	"fmt"
	"io"
	"strings"

	"gpupick/api"
	"gpupick/tui/catalog"
	"gpupick/tui/cell"
)

// Text that creates instances: command lines, requests and programs. A listed offer may still be
// refused; only the create call tells. So the text for several offers tries one after the other until
// an instance is created.
//
// Retrying after a call that may have worked could rent a second machine. So the text goes on only
// after a refusal which says that nothing was created, and stops at any other error.
//
// The text contains neither the API key nor the instance's name, only the variables that hold them.
// Offers whose ids are not safe in a command are left out.

// instancesURL is the URL that creates instances: POST /instances takes name, instance_type_id and
// gpu_count (runcrate.ai/docs/api-reference/instances). The address without www redirects, and a
// POST does not follow redirects.
const instancesURL = "https://www.runcrate.ai/api/v1/instances"

// eachSafe calls write for every row whose id is safe in a command.
func eachSafe(rows []catalog.Row, write func(r catalog.Row) error) error {
	safe := safeRows(rows)
	for _, r := range safe {
		if err := write(r); err != nil {
			return err
		}
	}
	if unsafe := len(rows) - len(safe); unsafe > 0 {
		return &UnsafeID{Rows: unsafe}
	}
	return nil
}

func safeRows(rows []catalog.Row) (safe []catalog.Row) {
	for _, r := range rows {
		if api.CheckID(r.ID()) == nil {
			safe = append(safe, r)
		}
	}
	return safe
}

// atLeastOne reports whether the create call can ask for the offer's number of GPUs.
func atLeastOne(r catalog.Row) bool { return r.GPUCount().Known && r.GPUCount().Value >= 1 }

// Effect says what running the text for some offers does, and its highest price: "creates one of 3,
// up to $14.88/h". all is true if the text creates an instance of every offer.
func Effect(rows []catalog.Row, all bool) string {
	most, sum, unpriced := 0.0, 0.0, false
	for _, r := range rows {
		most, sum, unpriced = max(most, r.HourlyRate().Value), sum+r.HourlyRate().Value,
			unpriced || !r.HourlyRate().Known
	}
	cost := most
	say := fmt.Sprintf("creates one of %d, up to ", len(rows))
	switch {
	case all && len(rows) > 1:
		say, cost = fmt.Sprintf("creates all %d, ", len(rows)), api.TidyRate(sum)
	case len(rows) == 1:
		say = "creates it, "
	}
	if unpriced {
		return strings.TrimSuffix(say, "up to ") + "price unknown"
	}
	return say + "$" + cell.Rate(api.Some(cost)) + "/h"
}

// oneOrSeveral returns a writer that uses one for a single offer and several for more. It leaves out
// offers with unsafe ids.
func oneOrSeveral(one func(io.Writer, catalog.Row) error, several func(io.Writer, []catalog.Row) error) func(io.Writer,
	[]catalog.Row) error {
	return func(w io.Writer, rows []catalog.Row) error {
		safe := safeRows(rows)
		var err error
		switch len(safe) {
		case 0:
		case 1:
			err = one(w, safe[0])
		default:
			err = several(w, safe)
		}
		if unsafe := len(rows) - len(safe); err == nil && unsafe > 0 {
			return &UnsafeID{Rows: unsafe}
		}
		return err
	}
}

// createCommand returns the official command line's call that creates an instance with a name.
func createCommand(r catalog.Row, name string) string {
	count := ""
	if atLeastOne(r) {
		count = fmt.Sprintf(" --gpu-count %d", r.GPUCount().Value)
	}
	return fmt.Sprintf("runcrate instances create --name %s --type-id %s%s", name, r.ID(), count)
}

var (
	writeCreate = oneOrSeveral(createOne, createFirst)
	writeCurl   = oneOrSeveral(curlOne, curlFirst)
	writePython = oneOrSeveral(pythonOne, pythonFirst)
)

func createOne(w io.Writer, r catalog.Row) error {
	_, err := fmt.Fprintln(w, createCommand(r, `"${NAME:?}"`))
	return err
}

// writeCreateAll writes a call for each offer. The names of several instances are numbered.
func writeCreateAll(w io.Writer, rows []catalog.Row) error {
	n := 0
	return eachSafe(rows, func(r catalog.Row) error {
		n++
		number := fmt.Sprintf("-%d", n)
		if len(rows) == 1 {
			number = ""
		}
		_, err := fmt.Fprintln(w, createCommand(r, `"${NAME:?}`+number+`"`))
		return err
	})
}

// tryCalls returns the calls of the shell function try, one per offer, and the exit with status none.
func tryCalls(rows []catalog.Row, none string) string {
	var b strings.Builder
	for _, r := range rows {
		count := ""
		if atLeastOne(r) {
			count = fmt.Sprintf(" %d", r.GPUCount().Value)
		}
		fmt.Fprintf(&b, "try %s%s\n", r.ID(), count)
	}
	fmt.Fprintf(&b, "echo 'none of the %d was created' >&2; exit %s\n)", len(rows), none)
	return b.String()
}

// outcomeUnknown is the message for when it is unknown whether an instance was created.
const outcomeUnknown = `look at \"runcrate ps\" before trying again`

// createFirst writes a shell program around the official command line. It runs in a
// subshell, so that its exit does not end the shell it is pasted into.
func createFirst(w io.Writer, rows []catalog.Row) error {
	_, err := fmt.Fprintf(w, `( # %s
: "${NAME:?is the name of the instance}"
try() {
  out=$(runcrate instances create --name "$NAME" --type-id "$1" ${2:+--gpu-count "$2"} 2>&1 </dev/null)
  status=$?
  if [ "$status" -eq 0 ]; then printf '%%s\n' "$out"; exit 0; fi
  printf '%%s\n' "$out" >&2
  case $out in
    *"no longer available"*) echo "refused: $1" >&2 ;;
    *) echo "$1 failed; %s" >&2; exit "$status" ;;
  esac
}
%s
`, Effect(rows, false), outcomeUnknown, tryCalls(rows, "1"))
	return err
}

// curlOne writes the request for one offer. curl reads the key from standard input, so that
// the key does not show in the process list.
func curlOne(w io.Writer, r catalog.Row) error {
	count := ""
	if atLeastOne(r) {
		count = fmt.Sprintf(`,"gpu_count":%d`, r.GPUCount().Value)
	}
	_, err := fmt.Fprintf(w, `printf 'header = "Authorization: Bearer %%s"\n' "${RUNCRATE_API_KEY:?}" |
  curl -sS --fail-with-body --config - -H 'Content-Type: application/json' %s \
    -d '{"name":"'"${NAME:?}"'","instance_type_id":"%s"%s}'
`, instancesURL, r.ID(), count)
	return err
}

// curlFirst writes a shell program around curl that tries one offer after the other.
func curlFirst(w io.Writer, rows []catalog.Row) error {
	_, err := fmt.Fprintf(w, `( # %s
: "${NAME:?is the name of the instance}" "${RUNCRATE_API_KEY:?is the key}"
quoted() { printf '%%s' "$1" | sed 's/[\\"]/\\&/g'; }
try() {
  answer=$(printf 'header = "Authorization: Bearer %%s"\n' "$(quoted "$RUNCRATE_API_KEY")" |
    curl -sS --fail-with-body --config - --max-time 180 -w '\n%%{http_code}' -H 'Content-Type: application/json' \
      -d "{\"name\":\"$(quoted "$NAME")\",\"instance_type_id\":\"$1\"${2:+,\"gpu_count\":$2}}" %s)
  status=$?
  code=$(printf '%%s' "$answer" | tail -n 1)
  body=$(printf '%%s' "$answer" | sed '$d')
  if [ "$status" -eq 0 ]; then printf '%%s\n' "$body"; else printf '%%s\n' "$body" >&2; fi
  case $status/$code in
    0/2*) exit 0 ;;
    22/401|22/402|22/403|22/408|22/429) ;;
    22/4*) echo "refused: $1" >&2; return ;;
    22/500) case $body in *"no longer available"*) echo "refused: $1" >&2; return ;; esac ;;
  esac
  echo "$1 failed ($code); %s" >&2
  exit 1
}
%s
`, Effect(rows, false), instancesURL, outcomeUnknown, tryCalls(rows, "1"))
	return err
}

const pythonHead = `import os
from runcrate import Runcrate

with Runcrate() as client:  # the key is RUNCRATE_API_KEY
`

// pythonOne writes a program that uses the service's own package, runcrate-sdk,
// which reads the key from RUNCRATE_API_KEY.
func pythonOne(w io.Writer, r catalog.Row) error {
	call := []string{`name=os.environ["NAME"]`, `ssh_key_id=os.environ["SSH_KEY_ID"]`,
		fmt.Sprintf("instance_type_id=%q", r.ID())}
	if atLeastOne(r) {
		call = append(call, fmt.Sprintf("gpu_count=%d", r.GPUCount().Value))
	}
	_, err := fmt.Fprintf(w, "%s    print(client.instances.create(%s))\n", pythonHead, strings.Join(call, ", "))
	return err
}

// pythonFirst writes a program that tries one offer after the other.
func pythonFirst(w io.Writer, rows []catalog.Row) error {
	var b strings.Builder
	for _, r := range rows {
		size := "{}"
		if atLeastOne(r) {
			size = fmt.Sprintf(`{"gpu_count": %d}`, r.GPUCount().Value)
		}
		fmt.Fprintf(&b, "    (%q, %s),\n", r.ID(), size)
	}
	_, err := fmt.Fprintf(w, `# %s
import os
import sys

from runcrate import Runcrate

OFFERS = [
%s]
NOTHING_WAS_MADE = set(range(400, 500)) - {401, 402, 403, 408, 429}


def refused(error):
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status in NOTHING_WAS_MADE or status == 500 and "no longer available" in str(error)


with Runcrate() as client:  # the key is RUNCRATE_API_KEY
    for type_id, size in OFFERS:
        try:
            print(client.instances.create(
                name=os.environ["NAME"], ssh_key_id=os.environ["SSH_KEY_ID"], instance_type_id=type_id, **size))
            sys.exit(0)
        except (Exception, KeyboardInterrupt) as error:
            if not refused(error):
                sys.exit(f'{type_id} failed: {error!r}; look at "runcrate ps" before trying again')
            print(f"refused: {type_id}: {error}", file=sys.stderr)
sys.exit("none of the %d was created")
`, Effect(rows, false), b.String(), len(rows))
	return err
}
