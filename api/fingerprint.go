package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// Fingerprint identifies a list: it is equal for the same service, account and ask,
// and different for all others. It is a keyed hash whose key is the account's
// identity, so that it reveals nothing about the account. The identity is the API
// key or, for an access token, which changes with every login, the project and the
// environment.
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
