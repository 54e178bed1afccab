package when

import (
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	now := time.Date(2026, 1, 2, 13, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]string{
		now:                       "13:00",
		now.Add(-3 * time.Hour):   "10:00",
		now.Add(-14 * time.Hour):  "Thu 23:00",
		now.Add(24 * time.Hour):   "Sat 13:00",
		now.Add(-240 * time.Hour): "23 Dec 2025 13:00",
	} {
		if have := Clock(at, now); have != want {
			t.Errorf("%v: %s, want %s", at, have, want)
		}
	}
}
