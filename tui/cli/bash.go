package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// The completion for bash is our own: the library's script evaluates the line, which fails inside an open quote, and
// writes > and spaces without escaping them.

// bashScript asks the program about the line up to the cursor. It runs in bash 3.2 and needs no package. A status
// other than 0 means that a file may follow.
const bashScript = `# bash completion for gpupick
_gpupick() {
    local answer reply
    COMPREPLY=()
    if ! answer=$("${COMP_WORDS[0]}" ` + bashRequest + ` "$COMP_WORDBREAKS" "${COMP_LINE:0:$COMP_POINT}" \
        2>/dev/null); then
        compopt -o default +o nospace 2>/dev/null
        return
    fi
    while IFS= read -r reply; do
        if [[ -n $reply ]]; then COMPREPLY+=("$reply"); fi
    done <<< "$answer"
}
complete -o nospace -o nosort -F _gpupick gpupick 2>/dev/null || complete -o nospace -F _gpupick gpupick
`

const aboutBash = `Print the completion script for bash.

In this shell:   source <(gpupick completion bash)
In every shell:  gpupick completion bash > ~/.local/share/bash-completion/completions/gpupick
                 or, without the package bash-completion, the line above in ~/.bashrc`

const bashRequest = "__complete_bash"

// completeBash prints what may stand in place of the word at the end of line, one per line. bash replaces only what is
// behind the last of its breaks, the signs at which it divides words.
func (r *run) completeBash(breaks, line string) error {
	words, last := shellWords(line)
	if last.closed {
		return nil
	}
	var answer bytes.Buffer
	asked := &run{Program: r.Program, environ: r.environ, stdin: r.stdin, stdout: &answer, stderr: io.Discard,
		disk: r.disk}
	cmd := asked.command()
	describePlainly(cmd)
	addCompletion(cmd)
	cmd.SetOut(&answer)
	cmd.SetErr(io.Discard)
	cmd.SetArgs(append([]string{cobra.ShellCompRequestCmd}, append(words[min(1, len(words)):], last.text)...))
	if err := cmd.Execute(); err != nil {
		return nil // there is nothing to offer
	}
	lines := strings.Split(strings.TrimSpace(answer.String()), "\n")
	flag, typed := "", last.text
	if at := strings.IndexByte(typed, '='); at >= 0 && strings.HasPrefix(typed, "--") { // as in --gpu=h100
		flag, typed = typed[:at+1], typed[at+1:]
	}
	texts, about := matching(lines[:len(lines)-1], typed) // the last one is the directive
	var n int
	_, _ = fmt.Sscanf(lines[len(lines)-1], ":%d", &n)
	directive := cobra.ShellCompDirective(n)
	if len(texts) == 0 {
		if directive&cobra.ShellCompDirectiveNoFileComp == 0 {
			return &exitError{code: exitFailure}
		}
		return nil
	}
	kept := max(last.before(breaks)-len(flag), 0)
	lists := len(texts) > 1 && commonPrefix(texts) == typed // bash shows them, and inserts nothing
	for i, text := range texts {
		word := last.quoted(text[kept:])
		switch {
		case lists && about[i] != "":
			word += "  (" + about[i] + ")"
		case len(texts) == 1 && last.quote == 0 && directive&cobra.ShellCompDirectiveNoSpace == 0:
			word += " " // bash itself closes a quote
		}
		if _, err := fmt.Fprintln(r.stdout, word); err != nil {
			return err
		}
	}
	return nil
}

// matching returns the answers that begin with the typed text and what is said about each. If none has its case, those
// that bash can put in its place are returned: they begin alike.
func matching(answers []string, typed string) (texts, about []string) {
	begins := typed
	for _, same := range []func(text string) bool{
		func(text string) bool { return strings.HasPrefix(text, typed) },
		func(text string) bool { return hasPrefixFold(text, typed) },
	} {
		for _, a := range answers {
			text, description, _ := strings.Cut(a, "\t")
			if !same(text) {
				continue
			}
			if len(texts) == 0 {
				begins = text[:len(typed)]
			}
			if strings.HasPrefix(text, begins) {
				texts, about = append(texts, text), append(about, description)
			}
		}
		if len(texts) > 0 {
			break
		}
	}
	return texts, about
}

func commonPrefix(texts []string) string {
	prefix := texts[0]
	for _, t := range texts[1:] {
		for !strings.HasPrefix(t, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix
}

// begunWord is the unfinished word at the end of a shell's line.
type begunWord struct {
	raw   string // as typed
	text  string // without quotes and backslashes
	quote byte   // an open " or ', else 0
	from  int    // byte of text at which the open quote began

	closed bool // it ends with the quote that ends a text: the user is done with it
}

// shellWords divides a line as a shell does, up to the last word, which may be unfinished.
func shellWords(line string) (words []string, last begunWord) {
	inWord := false
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case last.quote != 0 && c == last.quote:
			last.quote, last.closed = 0, i == len(line)-1
		case last.quote == '\'', last.quote == '"' && !(c == '\\' && i+1 < len(line) &&
			strings.IndexByte("\\\"$`", line[i+1]) >= 0):
			last.text += string([]byte{c})
		case c == '\\':
			if i++; i < len(line) {
				last.text += line[i : i+1]
				last.raw += `\`
				c = line[i]
			}
		case c == '"' || c == '\'':
			last.quote, last.from = c, len(last.text)
		case c == ' ' || c == '\t':
			if inWord {
				words = append(words, last.text)
			}
			last, inWord = begunWord{}, false
			continue
		default:
			last.text += string([]byte{c})
		}
		last.raw += string([]byte{c})
		inWord = true
	}
	return words, last
}

// before returns how many bytes of the text are before the part that bash replaces.
func (w begunWord) before(breaks string) int {
	if w.quote != 0 {
		return w.from
	}
	for i := len(w.raw) - 1; i >= 0; i-- {
		if strings.IndexByte(breaks, w.raw[i]) >= 0 && (i == 0 || w.raw[i-1] != '\\') {
			_, head := shellWords(w.raw[:i+1])
			return len(head.text)
		}
	}
	return 0
}

// quoted returns a text in the form that it has in the word's quotes, or with backslashes without quotes.
func (w begunWord) quoted(text string) string {
	special := " \t\"'\\$`<>|&;()*?[]{}!#~"
	switch w.quote {
	case '\'':
		return text
	case '"':
		special = "\"\\$`"
	}
	var b strings.Builder
	for i := range len(text) {
		if strings.IndexByte(special, text[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
