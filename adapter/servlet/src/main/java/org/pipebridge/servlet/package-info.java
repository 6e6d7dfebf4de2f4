/**
 * The features on {@code HttpServletRequest} and {@code HttpServletResponse}, and the servlet, the
 * filter and the initializer that bring a pipeline into a servlet container.
 */
package org.pipebridge.servlet;
