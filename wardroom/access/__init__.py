"""Who is acting, how far they reach, and the one gate that every change passes."""
