package org.pipebridge.server;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * The addresses of a server, which anybody may change until the server fixes them.
 *
 * <p>{@link #addresses()} is the same collection before and after that: whoever holds it sees the
 * real addresses once they are known (S23). Safe from any thread once fixed. ASP.NET Core: {@code
 * ServerAddressesFeature}.
 *
 * @since 0.1
 */
public final class ServerAddresses implements ServerAddressesFeature {

  private final List<String> view = new View();
  private volatile List<String> current = new ArrayList<>();
  private volatile boolean fixed;
  private volatile boolean preferHostingUrls;

  /** Creates an empty collection that can be changed. */
  public ServerAddresses() {}

  @Override
  public Collection<String> addresses() {
    return view;
  }

  @Override
  public boolean preferHostingUrls() {
    return preferHostingUrls;
  }

  @Override
  public void setPreferHostingUrls(boolean prefer) {
    preferHostingUrls = prefer;
  }

  /**
   * Replaces the addresses by the real ones; from now on the collection refuses every change, with
   * {@link UnsupportedOperationException} (S23, S30). For the server; it may call it again.
   *
   * @param real what the server listens on
   */
  public void fix(Collection<String> real) {
    current = List.copyOf(Objects.requireNonNull(real, "real"));
    fixed = true;
  }

  private List<String> open() {
    if (fixed) {
      throw new UnsupportedOperationException("the addresses are fixed: the server has started");
    }
    return current;
  }

  private final class View extends AbstractList<String> {

    @Override
    public String get(int index) {
      return current.get(index);
    }

    @Override
    public int size() {
      return current.size();
    }

    @Override
    public Iterator<String> iterator() {
      return fixed ? current.iterator() : super.iterator();
    }

    @Override
    public String set(int index, String address) {
      return open().set(index, Objects.requireNonNull(address, "address"));
    }

    @Override
    public void add(int index, String address) {
      open().add(index, Objects.requireNonNull(address, "address"));
      modCount++;
    }

    @Override
    public String remove(int index) {
      String removed = open().remove(index);
      modCount++;
      return removed;
    }
  }
}
