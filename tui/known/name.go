package known

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// name is a parsed GPU name: the words that identify the card, and everything else that the name says.
type name struct {
	words   string  // words of the card, separated by spaces
	form    string  // "SXM" …; empty if not stated
	board   bool    // the form is only implied: HGX and DGX boards have SXM cards
	sizes   []int64 // stated sizes, GB
	count   int64   // number of GPUs; 0 if not stated
	slice   string  // "4g.40gb", "1/6", "4q"
	mig     bool    // it is a MIG slice, even if it does not say which one
	rebuilt bool    // modified to have more memory than the maker's card
}

// lookup returns the key of the name in cards.
func (n name) lookup() string {
	key := n.words
	if n.form != "" && !n.board {
		key += " " + strings.ToLower(n.form)
	}
	for _, s := range n.sizes {
		key += fmt.Sprint("|", s)
	}
	return key
}

// Patterns for the parts of a name that do not identify the card.
var (
	sliceForm    = form(`(?:^|[^a-z0-9])([0-9]{1,2}g\.([0-9]{1,3})gb)(?:\+[a-z.0-9]+)?(?:[^a-z0-9]|$)`)
	profileForm  = form(`-([0-9]{1,3})([qcab])\s*$`)
	fractionForm = form(`(?:^|[^0-9])([0-9]{1,2})\s*/\s*([0-9]{1,3})([a-z]*)`)
	eitherForm   = form(`([0-9]{1,3})\s*/\s*([0-9]{1,3})\s*g(?:i?b|i)?(?:[^a-z]|$)`)
	countForm    = form(`^\s*(?:gpu[^a-z0-9]+)?([0-9]{1,2})[^a-z0-9]*x[^a-z0-9]*([a-z].*|[0-9]{4}.*)$`)
	countSuffix  = form(`^(.*(?:[0-9]|[^a-z0-9]))x[^a-z0-9]*([0-9]{1,2})([^a-z0-9].*)?$`)
	memoryForm   = form(`([0-9]{1,7})(\s*)(gib|gb|gi|g|mib|mb|mi|tib|tb)`)
)

// inASCII replaces symbols that stand for ASCII text.
var inASCII = strings.NewReplacer("×", "x", "½", " 1/2 ", "¼", " 1/4 ", "⅛", " 1/8 ")

// findPattern matches a pattern in a text that contains sign. The check for sign is fast and rules out most names.
func findPattern(form func() *regexp.Regexp, s, sign string) []int {
	if !strings.Contains(s, sign) {
		return nil
	}
	return form().FindStringSubmatchIndex(s)
}

// form returns a pattern that is compiled when it is needed: most names need none.
func form(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// maySayCount reports whether an x in a name may stand before or behind a number of GPUs, as it does not in rtx.
func maySayCount(s string) bool {
	for i := range len(s) {
		if s[i] == 'x' && (i == 0 || s[i-1] < 'a' || s[i-1] > 'z') {
			return true
		}
	}
	return false
}

// maySaySize reports whether a number in a name may be a size: the first letter of a unit stands behind it.
func maySaySize(s string) bool {
	number := false
	for i := range len(s) {
		switch c := s[i]; {
		case isDigit(c):
			number = true
		case number && (c == 'g' || c == 'm' || c == 't'):
			return true
		case c > ' ':
			number = false
		}
	}
	return false
}

// nameOf parses a GPU's name.
func nameOf(text string) name {
	var n name
	s := strings.ToLower(text)
	if !isASCII(s) {
		s = inASCII.Replace(s)
	}
	if m := findPattern(sliceForm, s, "."); m != nil {
		n.slice, n.mig = s[m[2]:m[3]], true
		s = s[:m[2]] + " " + s[m[1]:]
	}
	if m := findPattern(profileForm, s, "-"); m != nil && m[0] > 0 {
		n.slice = s[m[2]:m[5]]
		s = s[:m[0]]
	}
	if m := findPattern(eitherForm, s, "/"); m != nil {
		n.sizes = append(n.sizes, number(s[m[2]:m[3]]), number(s[m[4]:m[5]]))
		s = s[:m[0]] + " " + s[m[1]:]
	}
	if m := findPattern(fractionForm, s, "/"); m != nil && s[m[6]:m[7]] == "" {
		if a, b := number(s[m[2]:m[3]]), number(s[m[4]:m[5]]); a > 0 && a < b {
			n.slice = fmt.Sprintf("%d/%d", a, b)
			s = s[:m[2]] + " " + s[m[1]:]
		}
	}
	if maySayCount(s) {
		s = n.takeCount(s)
	}
	s = n.takeSizes(s)
	n.takeWords(separated(Runs(s)))
	return n
}

func number(s string) int64 {
	v, _ := strconv.ParseInt(s, 10, 64)
	return v
}

// takeCount removes the number of GPUs from a text and returns the rest: "8x h100", "h100 x8".
func (n *name) takeCount(s string) string {
	if m := countForm().FindStringSubmatchIndex(s); m != nil {
		n.count = number(s[m[2]:m[3]])
		return s[m[4]:m[5]]
	}
	if m := countSuffix().FindStringSubmatchIndex(s); m != nil {
		behind := ""
		if m[6] >= 0 {
			behind = s[m[6]:m[7]]
		}
		n.count = number(s[m[4]:m[5]])
		return s[m[2]:m[3]] + behind
	}
	return s
}

// takeSizes removes the sizes from a text and returns the rest. A size must stand apart from the letters before
// it: "A10G" and "T4G" are models.
func (n *name) takeSizes(s string) string {
	var rest strings.Builder
	for {
		if !maySaySize(s) {
			rest.WriteString(s)
			break
		}
		m := memoryForm().FindStringSubmatchIndex(s)
		if m == nil {
			rest.WriteString(s)
			break
		}
		v, unit := number(s[m[2]:m[3]]), s[m[6]:m[7]]
		alone := m[0] == 0 || !isWord(s[m[0]-1])
		ends := m[1] == len(s) || !isWord(s[m[1]])
		if alone && ends && v > 0 && (len(unit) > 1 || m[4] == m[5]) {
			switch unit[0] {
			case 'm':
				v /= 1024
			case 't':
				v *= 1000
			}
			n.sizes = append(n.sizes, v)
			rest.WriteString(s[:m[0]] + " ")
		} else {
			rest.WriteString(s[:m[1]])
		}
		s = s[m[1]:]
	}
	slices.Sort(n.sizes)
	n.sizes = slices.Compact(n.sizes)
	return rest.String()
}

func isWord(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' }

// fillers are words that do not tell cards apart: makers, and features of the machine.
var fillers = wordSet("nvidia amd intel habana tesla geforce instinct radeon gpu gpus graphics tensor core cores " +
	"edition generation " +
	"bare metal baremetal high perf low ram cc nvlink desktop mod modded superchip")

// cardWords are the other words in names of cards, besides fillers and generations.
var cardWords = wordSet(
	"rtx gtx rx pro ti super quadro grid titan laptop mobile notebook max server workstation arc xt " +
		"xtx gre sff " +
		"data center flex gaudi mig hgx dgx sxm pcie nvl oam hbm")

// generations are architecture names. In a card's name they repeat the generation of its line in the table, or
// mean another card.
var generations = wordSet(
	"kepler maxwell pascal volta turing ampere ada lovelace hopper blackwell ultra rubin cdna rdna")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func isCardWord(w string) bool { return fillers[w] || cardWords[w] || generations[w] }

const longestCardWord = 11

var formNames = map[string]string{"sxm": "SXM", "pcie": "PCIe", "oam": "OAM", "nvl": "NVL"}

// separated splits runs of letters into the words that they consist of: rtxpro is rtx and pro.
func separated(runs []Run) (words []Run) {
	for _, r := range runs {
		var split []string
		if !isDigit(r.Text[0]) {
			split = SplitWords(r.Text, isCardWord, longestCardWord, 2)
		}
		if split == nil {
			words = append(words, r)
			continue
		}
		for i, w := range split {
			words = append(words, Run{Text: w, Glued: r.Glued || i > 0})
		}
	}
	return words
}

// takeWords reads the rest of a name: its form, and the words of the card.
func (n *name) takeWords(words []Run) {
	var out []string
	for i := 0; i < len(words); i++ {
		w, next := words[i].Text, Run{}
		if i+1 < len(words) {
			next = words[i+1]
		}
		isNumber := next.Glued && isDigit(next.Text[0])
		switch {
		case w == "sxm" || w == "pcie" || w == "oam" || w == "nvl" && !isNumber:
			n.form = formNames[w]
			n.board = false
			if isNumber {
				i++ // SXM5
			}
		case w == "nvl": // NVL72 is a rack of GPUs
			i++
		case w == "hgx" || w == "dgx":
			if n.form == "" {
				n.form, n.board = "SXM", true
			}
		case w == "pci" && next.Text == "e":
			n.form, n.board = "PCIe", false
			i++
		case w == "hbm": // HBM3 distinguishes forms of one card
			if isNumber {
				out = append(out, "hbm"+next.Text)
				if i++; i+1 < len(words) && words[i+1].Text == "e" {
					i++
				}
			}
		case w == "mig":
			n.mig = true
		case w == "max" && next.Text == "q":
			out = append(out, "laptop")
			i++
		case w == "mobile" || w == "notebook":
			out = append(out, "laptop")
		case w == "mod" || w == "modded":
			n.rebuilt = true
		case w == "lovelace", fillers[w]:
		case w == "s" && words[i].Glued && len(out) > 0 && isDigit(out[len(out)-1][0]):
			out = append(out, "super") // RTX 4080S
		default:
			out = append(out, w)
		}
	}
	n.words = strings.Join(tiBeforeSuper(out), " ")
}

// tiBeforeSuper moves Ti before SUPER, as the maker writes it.
func tiBeforeSuper(words []string) []string {
	if i := slices.Index(words, "super"); i >= 0 && i+1 < len(words) && words[i+1] == "ti" {
		words[i], words[i+1] = "ti", "super"
	}
	return words
}
