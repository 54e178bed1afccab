package known

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Size is an amount of memory in GB, a range if the card's name leaves it open. The zero Size is unknown.
type Size struct{ Least, Most int64 }

// Known reports whether the size is known.
func (s Size) Known() bool { return s.Most > 0 }

// Times returns the size of n GPUs together.
func (s Size) Times(n int64) Size { return Size{s.Least * n, s.Most * n} }

// Card is what the name of a GPU tells.
type Card struct {
	Key        string // equal for names of the same card; empty for an empty name
	Name       string // our name, such as "H100 SXM"; empty if the table does not have the card
	Memory     Size   // of one GPU: from the name if it states a size, else from the table
	Form       string // "SXM", "PCIe", "NVL", "OAM", "Laptop"; empty if the name leaves it open
	Generation string // "Hopper", "CDNA3"; empty if unknown
	Arch       string // CPU architecture of the host, if the card determines it: "arm"
	Maker      string // "NVIDIA", "AMD", "Intel"; empty if unknown
	Family     string // equal for all sizes and forms of a card: "h 100"; empty if the table does not have it
	Part       bool   // a part of a card: a slice, a fraction or a profile
	None       bool   // the name says that there is no GPU

	Figures // of one whole GPU; unknown for a part of one
}

// entry is a line of cards.tsv.
type entry struct {
	name, form, generation, arch, maker, family string
	memory                                      Size
	figures                                     Figures
}

// cards maps lookup keys to lines of the table; see nameOf.
var cards = sync.OnceValue(func() map[string]*entry {
	all := map[string]*entry{}
	for _, f := range table("cards.tsv") {
		e := &entry{name: f[0], memory: sizeOf(f[2]), form: emptyIfDash(f[3]), generation: emptyIfDash(f[4]),
			arch:  emptyIfDash(f[5]),
			maker: f[6], figures: figures()[f[0]]}
		for i, name := range append([]string{f[0]}, strings.Split(emptyIfDash(f[1]), "; ")...) {
			n := nameOf(name)
			if i == 0 {
				e.family = n.words
			}
			if n.words != "" {
				all[n.lookup()] = e
			}
		}
	}
	return all
})

func emptyIfDash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// sizeOf reads "80", "40-80" or "-".
func sizeOf(s string) Size {
	least, most, isRange := strings.Cut(s, "-")
	if !isRange {
		most = least
	}
	a, _ := strconv.ParseInt(least, 10, 64)
	b, _ := strconv.ParseInt(most, 10, 64)
	return Size{a, b}
}

// FamilyName returns the common name of a card's sizes and forms: "H100" for "H100 SXM". It is empty if the
// table does not have the card.
func (c Card) FamilyName() string {
	var words []string
	for _, w := range strings.Fields(ShortCard(c.Name)) {
		if w != c.Form && strings.Trim(w, "0123456789") != "GB" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// ShortCard returns a GPU's name without the maker's words at the beginning, for narrow columns.
func ShortCard(name string) string {
	for {
		first, rest, found := strings.Cut(name, " ")
		if !found || !makers[strings.ToLower(first)] || strings.TrimSpace(rest) == "" {
			return name
		}
		name = rest
	}
}

// makers are words for the maker or product line of a card, which do not identify the card.
var makers = wordSet("nvidia amd intel habana tesla geforce instinct radeon")

// Cards returns the names of all cards in the table, in its order.
func Cards() []string {
	var names []string
	for _, f := range table("cards.tsv") {
		names = append(names, f[0])
	}
	return names
}

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
	n.takeWords(Runs(s))
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

// takeWords reads the rest of a name: its form, and the words of the card.
func (n *name) takeWords(runs []Run) {
	var words []Run
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

// noGPUNames are names that say that there is no GPU.
var noGPUNames = wordSet("cpu cpus cpuonly nogpu none")

// CardOf reads the name of a GPU.
func CardOf(text string) Card {
	folded := Fold(text)
	if noGPUNames[folded] {
		return Card{None: true}
	}
	n := nameOf(text)
	e := n.find()
	if e == nil {
		c := Card{Key: n.key(folded)}
		c.Memory = n.memory(Size{}, "")
		c.Part = n.slice != "" || n.mig
		if c.Part && !n.statesMemory() {
			c.Memory = Size{}
		}
		return c
	}
	c := Card{Name: e.name, Form: e.form, Generation: e.generation, Arch: e.arch, Maker: e.maker, Family: e.family}
	c.Memory = n.memory(e.memory, e.arch)
	switch {
	case n.slice != "" || n.mig:
		c.Part = true
		c.Name += n.sizeWords(e)
		if n.mig {
			c.Name += " MIG"
		}
		switch {
		case n.slice != "" && !n.mig && n.statesMemory(): // a profile
			c.Name += "-" + strings.ToUpper(n.slice)
		case n.slice != "":
			c.Name += " " + n.slice
		}
	default:
		c.Figures = e.figures
		c.Name += n.sizeWords(e)
	}
	c.Key = strings.ToLower(c.Name)
	return c
}

// find returns the table entry that the words mean, nil if there is none. The name may also state the card's
// own generation, or a form that the card has anyway.
func (n name) find() *entry {
	for _, words := range n.readings() {
		n.words = words
		bare := n
		bare.sizes = nil
		for _, n := range []name{n, bare} {
			if n.board {
				with := n
				with.board = false
				if e := cards()[with.lookup()]; e != nil {
					return e
				}
			}
			if e := cards()[n.lookup()]; e != nil && (!n.board || e.form == "" || e.form == n.form) {
				return e
			}
		}
		bare.form = ""
		if e := cards()[bare.lookup()]; e != nil && n.form == e.form {
			return e
		}
	}
	return nil
}

// readings returns the words to look up, in turn: as they are, without words for generations and memory types,
// and with the "rtx", "gtx" or "rx" that people omit before a number.
func (n name) readings() []string {
	list := []string{n.words}
	words := strings.Fields(n.words)
	generation := ""
	plain := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		if generations[w] && w != "ultra" {
			generation = w
		}
		return generations[w] || strings.HasPrefix(w, "hbm")
	})
	if joined := strings.Join(plain, " "); joined != n.words && joined != "" {
		if generation == "" || n.isOf(joined, generation) {
			list = append(list, joined)
		}
	}
	for _, words := range slices.Clone(list) {
		if words != "" && isDigit(words[0]) { // 4090, 6000 ada
			list = append(list, "rtx "+words, "gtx "+words)
			if number, _, _ := strings.Cut(words, " "); len(number) == 4 { // 7900 xtx
				list = append(list, "rx "+words)
			}
		}
	}
	return list
}

// isOf reports whether the card of these words is of a generation.
func (n name) isOf(words, generation string) bool {
	for _, w := range []string{words, "rtx " + words} {
		if e := cards()[w]; e != nil && strings.HasPrefix(strings.ToLower(e.generation), generation) {
			return true
		}
	}
	return false
}

// statesMemory reports whether a slice states its amount of memory.
func (n name) statesMemory() bool { return n.slice != "" && !strings.Contains(n.slice, "/") }

// memory returns the memory of one GPU: that of the slice, the stated size if a card of the table can have it,
// the stated total divided by the count, or the size in the table.
func (n name) memory(of Size, arch string) Size {
	fits := func(v int64) bool {
		if !of.Known() {
			return v >= 1 && v <= 300 // larger sizes are totals, or a CPU's memory
		}
		return v >= of.Least && v <= of.Most
	}
	switch {
	case n.mig && n.slice != "":
		v := number(strings.TrimSuffix(n.slice[strings.IndexByte(n.slice, '.')+1:], "gb"))
		return Size{v, v}
	case n.mig:
		return Size{}
	case n.statesMemory():
		v := number(strings.TrimRight(n.slice, "qcab"))
		return Size{v, v}
	case n.slice != "":
		a, b, _ := strings.Cut(n.slice, "/")
		whole := name{sizes: n.sizes}.memory(of, arch)
		if part, parts := number(a), number(b); whole.Known() && whole.Least*part%parts == 0 &&
			whole.Most*part%parts == 0 {
			return Size{whole.Least * part / parts, whole.Most * part / parts}
		}
		return Size{}
	case len(n.sizes) == 0:
		return of
	case len(n.sizes) > 1:
		if least, most := n.sizes[0], n.sizes[len(n.sizes)-1]; fits(least) && fits(most) {
			return Size{least, most}
		}
		return Size{}
	}
	v := n.sizes[0]
	switch {
	case fits(v), n.rebuilt:
		return Size{v, v}
	case n.count > 1 && v%n.count == 0 && fits(v/n.count):
		return Size{v / n.count, v / n.count}
	case arch != "" && v > of.Most:
		return of // the stated size is the memory of the CPU beside the GPU
	}
	return Size{}
}

// sizeWords returns the stated size for the card's name, such as " 80GB". It is empty if no size is stated, or
// if the card comes in that size only.
func (n name) sizeWords(e *entry) string {
	if len(n.sizes) != 1 || n.count == 0 && e.arch != "" && n.sizes[0] > e.memory.Most {
		return ""
	}
	v := n.sizes[0]
	if n.count > 1 && v%n.count == 0 && v > e.memory.Most {
		v /= n.count // the size is a total
	}
	if e.memory.Least == v && e.memory.Most == v {
		return ""
	}
	return fmt.Sprintf(" %dGB", v)
}

// key returns a key for names that the table does not have; it is equal for names with the same words.
func (n name) key(folded string) string {
	var b strings.Builder
	last := byte(0)
	for _, w := range strings.Fields(n.words) {
		if last != 0 && isDigit(last) && isDigit(w[0]) {
			b.WriteByte(' ') // A100-80GB is 100 and 80, not 10080
		}
		b.WriteString(w)
		last = w[len(w)-1]
	}
	key := b.String()
	if n.form != "" {
		key += " " + strings.ToLower(n.form)
	}
	for _, s := range n.sizes {
		key += fmt.Sprintf(" %dgb", s)
	}
	if n.mig {
		key += " mig"
	}
	if n.slice != "" {
		key += " " + n.slice
	}
	if strings.TrimSpace(key) == "" {
		return folded
	}
	return strings.TrimSpace(key)
}
