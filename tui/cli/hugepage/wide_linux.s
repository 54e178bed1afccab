//go:build linux && (amd64 || arm64)

#include "textflag.h"

// func wide()
TEXT ·wide(SB), 0, $67043328-0 // 64 MB, but for what a stack has to have beside it
	RET
