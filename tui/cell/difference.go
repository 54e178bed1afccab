package cell

import (
	"fmt"
	"math"

	"gpupick/api"
)

// Difference returns the change from one rate to another: "+5%", "−20%", "×11". It
// is empty if the rates are equal, one is unknown or was is not above 0.
func Difference(was, now api.Optional[float64]) string {
	if !was.Known || !now.Known || was.Value <= 0 || was.Value == now.Value {
		return ""
	}
	by := now.Value / was.Value
	percent := math.Round((by - 1) * 100)
	switch {
	case by >= 10:
		return fmt.Sprintf("×%.0f", by)
	case percent > 0:
		return fmt.Sprintf("+%.0f%%", percent)
	case percent < 0:
		return fmt.Sprintf("−%.0f%%", -percent)
	case by > 1:
		return "+<1%"
	}
	return "−<1%"
}
