/** Server, application, addresses and lifetime put together. */
package org.pipebridge.hosting;
