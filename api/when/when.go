// Package when formats times for people.
package when

import (
	"fmt"
	"time"
)

// Clock formats t as a time of day, with the day if that is not today.
func Clock(t, now time.Time) string {
	t = t.In(now.Location())
	switch y, d := t.Year(), t.YearDay(); {
	case y == now.Year() && d == now.YearDay():
		return t.Format("15:04")
	case t.Sub(now).Abs() < 6*24*time.Hour:
		return t.Format("Mon 15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

// Ago formats how long ago something happened: "just now", "5 min ago".
func Ago(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return "just now"
	case d < time.Minute:
		return fmt.Sprintf("%d s ago", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", d/time.Hour)
	}
	return fmt.Sprintf("%d days ago", d/(24*time.Hour))
}

// Span formats a duration as people write it: "30 s", "5 min".
func Span(d time.Duration) string {
	if d >= time.Minute && d%time.Minute == 0 {
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%g s", d.Seconds())
}

// Left formats the time left to wait, rounded up to whole seconds: "3 s".
func Left(d time.Duration) string { return fmt.Sprintf("%d s", (d+time.Second-1)/time.Second) }
