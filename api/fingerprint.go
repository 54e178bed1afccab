package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Fingerprint names what this client is asked under this question: equal for the
// same service, account and ask, and different for any other. It is a keyed hash
// whose key is what the account is known by, so that it tells nothing about it:
// of a key the key itself, of a token, which changes from login to login, the
// project.
func (c *Client) Fingerprint(ask Ask) string {
	who := c.config.Credentials
	account := "key\x00" + who.secret
	if who.project != "" {
		account = "project\x00" + who.project + "\x00" + who.environment
	}
	h := hmac.New(sha256.New, []byte(account))
	h.Write([]byte(c.config.Base.String() + "\x00"))
	for _, p := range ask.params() {
		h.Write([]byte(p[0] + "\x00" + p[1] + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
