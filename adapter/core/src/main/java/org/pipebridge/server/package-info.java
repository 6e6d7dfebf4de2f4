/** What a server is, and what it runs. */
package org.pipebridge.server;
