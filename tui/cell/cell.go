// Package cell formats the text of a table cell: it measures text in terminal
// columns, cuts and pads it, and writes numbers. Width is the only width function
// of the program.
package cell

import (
	"math"
	"strconv"
	"strings"

	"gpupick/api"
)

// Unknown is shown for a value that the service did not give.
const Unknown = "–"

// Places returns the number of decimals a rate is written with: as many as it has,
// but at least two and at most six.
func Places(v float64) int {
	for n := 2; n < 6; n++ {
		p := math.Pow10(n)
		if math.Abs(math.Round(v*p)/p-v) <= api.SameRate {
			return n
		}
	}
	return 6
}

// Rate writes a rate in USD per hour with all its decimals, at least two and at
// most six: 16.80, 0.3698. A rate above 0 is never written as 0.
func Rate(v api.Optional[float64]) string {
	if !v.Known {
		return Unknown
	}
	return money(v.Value, Places(v.Value))
}

// PerGPU writes a price per GPU with as many decimals as the rate it was divided
// from, because further decimals mean nothing. A small price keeps two significant
// digits.
func PerGPU(v, rate api.Optional[float64]) string {
	if !v.Known {
		return Unknown
	}
	return money(v.Value, perGPUPlaces(v.Value, rate.Value))
}

func perGPUPlaces(v, rate float64) int {
	places := Places(rate)
	for n := places; v > 0 && n < 6 && v*math.Pow10(n) < 9.5; n++ {
		places = n + 1
	}
	return min(places, Places(v))
}

// PlacesMost is the largest number of decimals in a table, so that precision pushes no column off the screen.
const PlacesMost = 3

// Two writes a figure that was derived with two significant digits, which is all that it is worth: 0.026, 3.1, 120.
func Two(v api.Optional[float64]) string {
	if !v.Known {
		return Unknown
	}
	if v.Value <= 0 {
		return "0"
	}
	places := 1 - int(math.Floor(math.Log10(v.Value)))
	tenth := math.Pow10(places)
	return strconv.FormatFloat(math.Round(v.Value*tenth)/tenth, 'f', max(places, 0), 64)
}

// Figure writes a technical figure of a card, or the range that its name leaves open: 3,350 or 1,555/2,039.
func Figure(least, most float64) string {
	if most <= 0 {
		return Unknown
	}
	write := func(v float64) string { return Thousands(strconv.FormatFloat(v, 'f', -1, 64)) }
	if least == most {
		return write(most)
	}
	return write(least) + "/" + write(most)
}

// ShortRate writes a rate as Rate does, with at most three decimals; a smaller one than they can show is "<0.001".
func ShortRate(v api.Optional[float64]) string {
	if !v.Known {
		return Unknown
	}
	return short(v.Value, Places(v.Value))
}

// ShortPerGPU writes a price per GPU as PerGPU does, with at most three decimals.
func ShortPerGPU(v, rate api.Optional[float64]) string {
	if !v.Known {
		return Unknown
	}
	return short(v.Value, perGPUPlaces(v.Value, rate.Value))
}

func short(v float64, places int) string {
	if v > 0 && v < 0.001 {
		return "<0.001"
	}
	return money(v, min(places, PlacesMost))
}

// ShortPlaces returns the number of decimals that ShortRate writes a rate with.
func ShortPlaces(v float64) int { return min(Places(v), PlacesMost) }

func money(v float64, places int) string {
	if v > 0 && v < 0.000001 {
		return "<0.000001"
	}
	s := rounded(v, places)
	for strings.HasSuffix(s, "0") && len(s)-strings.IndexByte(s, '.') > 3 {
		s = s[:len(s)-1]
	}
	return s
}

// Point splits a number before its decimal point, so that a column can be aligned
// on the point.
func Point(s string) (whole, fraction string) {
	if i := strings.IndexByte(s, '.'); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// Count writes a whole number.
func Count(v api.Optional[int64]) string {
	if !v.Known {
		return Unknown
	}
	return strconv.FormatInt(v.Value, 10)
}

// Size writes a size in GB; 1000 GB and more are written in TB with one decimal.
func Size(v api.Optional[int64]) string {
	switch {
	case !v.Known:
		return Unknown
	case v.Value >= 1000:
		return strconv.FormatFloat(float64(v.Value)/1000, 'f', 1, 64) + " TB"
	}
	return strconv.FormatInt(v.Value, 10) + " GB"
}

// SizeRange writes a size in GB that may be a range: "80 GB", "40/80 GB". most is 0 if
// the size is unknown.
func SizeRange(least, most int64) string {
	switch {
	case most <= 0:
		return Unknown
	case least == most:
		return Size(api.Some(least))
	case most >= 1000:
		return strings.TrimSuffix(Size(api.Some(max(least, 1000))), " TB") + "/" + Size(api.Some(most))
	}
	return strconv.FormatInt(least, 10) + "/" + Size(api.Some(most))
}

// Text returns s, or Unknown if s is empty.
func Text(s string) string {
	if s == "" {
		return Unknown
	}
	return s
}

// Rows writes a number of rows: "2 rows".
func Rows(n int) string { return Plural(n, "row", "rows") }

// Offers writes a number of offers: "2 offers".
func Offers(n int) string { return Plural(n, "offer", "offers") }

// Plural writes a number of things: "1 mark", "5,133 marks".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Int(n) + " " + many
}

// Int writes a whole number of a sentence, with a comma between thousands: "5,133".
func Int(n int) string { return Thousands(strconv.Itoa(n)) }

// Dollars writes an amount of USD in a sentence, with cents: "$4,154.40", "<$0.01".
func Dollars(v float64) string {
	if v > 0 && v < 0.005 {
		return "<$0.01"
	}
	return "$" + Thousands(rounded(v, 2))
}

// Thousands puts a comma between the thousands of a number.
func Thousands(s string) string {
	whole, rest, _ := strings.Cut(s, ".")
	if rest != "" {
		rest = "." + rest
	}
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + rest
}

// rounded writes a number with some decimals. Halves are rounded up as they are written: 0.615 is 0.62, though the
// closest float64 is below it.
func rounded(v float64, places int) string {
	exact := strconv.FormatFloat(v, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(exact, "."); len(fraction) == places+1 && fraction[places] == '5' {
		v = math.Nextafter(v, math.Copysign(math.Inf(1), v))
	}
	return strconv.FormatFloat(v, 'f', places, 64)
}
